using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What has happened to a user.</summary>
public abstract record UserEvent;

/// <summary>USER_REGISTERED.</summary>
/// <param name="CompanyId">The user's company; null for the platform's.</param>
/// <param name="Role">What the user is.</param>
/// <param name="Email">Normalised.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
public sealed record UserRegistered(
    Guid? CompanyId,
    Role Role,
    [property: PersonalData] string Email,
    [property: PersonalData] string FirstName,
    [property: PersonalData] string LastName) : UserEvent
{
    /// <summary>Whether the user has shown to read mail to the address, by the invitation that was sent there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEmailShown { get; init; }
}

/// <summary>USER_UPDATED: what a user says of itself from now on.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">Phone number.</param>
/// <param name="Address">Home.</param>
public sealed record UserUpdated(
    [property: PersonalData] string FirstName,
    [property: PersonalData] string LastName,
    [property: PersonalData] string? Phone,
    [property: PersonalData] Address? Address) : UserEvent;

/// <summary>USER_ROLE_CHANGED.</summary>
/// <param name="Role">What the user is from now on.</param>
public sealed record UserRoleChanged(Role Role) : UserEvent;

/// <summary>USER_STATUS_CHANGED.</summary>
/// <param name="IsActive">Whether the user may log in from now on.</param>
public sealed record UserStatusChanged(bool IsActive) : UserEvent;

/// <summary>USER_PASSWORD_CHANGED: by the user, or with a token that was mailed.</summary>
/// <param name="ByToken">With a token: all sessions of before have ended.</param>
/// <param name="SessionKept">
/// The session in which the user did it: all others have ended, and all where none has this id. Null: ended one by one, or by token.
/// </param>
public sealed record UserPasswordChanged(bool ByToken, Guid? SessionKept = null) : UserEvent;

/// <summary>USER_PASSWORD_RESET_REQUESTED: a token goes out by mail, and holds once. The token names this event's version.</summary>
/// <param name="ValidUntil">When the token ends, UTC.</param>
public sealed record UserPasswordResetRequested(DateTimeOffset ValidUntil) : UserEvent
{
    /// <summary>Version of the earlier event whose token, which still holds, is mailed once more; null: the token is a new one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Again { get; init; }
}

/// <summary>
/// USER_EMAIL_CHANGE_REQUESTED: a token goes out to the new address, and holds once. The token names this event's version.
/// </summary>
/// <param name="Email">The new address, normalised.</param>
/// <param name="ValidUntil">When the token ends, UTC.</param>
public sealed record UserEmailChangeRequested([property: PersonalData] string Email, DateTimeOffset ValidUntil) : UserEvent;

/// <summary>USER_EMAIL_CHANGED: the user has shown to read mail there; or has given up an address that it never showed.</summary>
/// <param name="Email">The new address, normalised; empty: none.</param>
public sealed record UserEmailChanged([property: PersonalData] string Email) : UserEvent;

/// <summary>USER_SECOND_FACTOR_ENABLED: from now on a login needs a code, too.</summary>
/// <param name="RecoveryCodes">How many codes for a lost device there are.</param>
public sealed record UserSecondFactorEnabled(int RecoveryCodes) : UserEvent;

/// <summary>USER_SECOND_FACTOR_DISABLED.</summary>
public sealed record UserSecondFactorDisabled : UserEvent;

/// <summary>USER_RECOVERY_CODE_USED.</summary>
/// <param name="Left">How many are left.</param>
public sealed record UserRecoveryCodeUsed(int Left) : UserEvent;

/// <summary>USER_SESSIONS_ENDED: somebody who manages users has logged the user out everywhere.</summary>
public sealed record UserSessionsEnded : UserEvent;

/// <summary>USER_ERASED: the person's data are gone, with the key that opened them (GDPR, article 17).</summary>
public sealed record UserErased : UserEvent;
