namespace Tms.Domain.Logins;

/// <summary>Codes that the rules of logins answer with. Never renamed.</summary>
public static class LoginCodes
{
    /// <summary>409: too many attempts have failed; a quarter of an hour must pass.</summary>
    public const string LoginLocked = "login_locked";

    /// <summary>409: the code of the second factor was used before.</summary>
    public const string CodeUsed = "code_used";
}
