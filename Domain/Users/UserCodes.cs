namespace Tms.Domain.Users;

/// <summary>Codes that the rules of users answer with. Never renamed.</summary>
public static class UserCodes
{
    /// <summary>403: nobody gives or takes a role above the own one.</summary>
    public const string RoleAboveOwn = "role_above_own";

    /// <summary>422: an ADMIN belongs to the platform, and everybody else to a company.</summary>
    public const string RoleNotAllowed = "role_not_allowed";

    /// <summary>409: nobody changes the own role.</summary>
    public const string OwnRole = "own_role";

    /// <summary>409: nobody activates or deactivates the own user.</summary>
    public const string OwnStatus = "own_status";

    /// <summary>409: the own second factor is given up with password and code.</summary>
    public const string OwnSecondFactor = "own_second_factor";

    /// <summary>409: nobody erases the own user.</summary>
    public const string OwnAccount = "own_account";

    /// <summary>409: a company keeps an active HOVEDBRUKER, and the platform an active ADMIN.</summary>
    public const string LastLeader = "last_leader";

    /// <summary>422: a mailed token that was used, has expired or was never sent.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>409: the user has shown to read mail to the address, and keeps it.</summary>
    public const string EmailShown = "email_shown";

    /// <summary>409: the second factor is enabled already.</summary>
    public const string SecondFactorEnabled = "second_factor_enabled";

    /// <summary>409: the recovery code was used before.</summary>
    public const string RecoveryCodeUsed = "recovery_code_used";

    /// <summary>409: the data of this person have been erased.</summary>
    public const string UserErased = "user_erased";

    /// <summary>409: the user is not active.</summary>
    public const string UserInactive = "user_inactive";
}
