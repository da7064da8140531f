namespace Tms.Api.Auth;

/// <summary>Codes that logins and registrations answer with. Never renamed.</summary>
public static class AuthCodes
{
    /// <summary>409: another user has this e-mail address.</summary>
    public const string EmailTaken = "email_taken";

    /// <summary>422: no company has this id.</summary>
    public const string UnknownCompany = "unknown_company";

    /// <summary>422: the password is too short, too long or too well known.</summary>
    public const string WeakPassword = "weak_password";

    /// <summary>422: the new password is the one that holds already.</summary>
    public const string SamePassword = "same_password";

    /// <summary>422: the password is not the one of the signed-in user.</summary>
    public const string WrongPassword = "wrong_password";

    /// <summary>422: the code of the second factor does not hold.</summary>
    public const string WrongCode = "wrong_code";

    /// <summary>422: the ticket of the second factor has expired or was never given.</summary>
    public const string InvalidTicket = "invalid_ticket";

    /// <summary>422: a field that goes with another way to register.</summary>
    public const string NotAllowed = "not_allowed";
}
