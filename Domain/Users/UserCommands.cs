using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What can be asked of a user.</summary>
[GenerateSerializer, Immutable, Alias("tms.users.command")]
public abstract record UserCommand;

/// <summary>Makes a user with a password.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="CompanyId">The user's company; null for an ADMIN, who belongs to the platform.</param>
/// <param name="Role">What the user is.</param>
/// <param name="Person">Who it is.</param>
/// <param name="PasswordHash">As the hasher gave it; stored beside the event, never in it.</param>
[GenerateSerializer, Immutable, Alias("tms.users.register")]
public sealed record RegisterUser(
    [property: Id(0)] Guid UserId,
    [property: Id(1)] Guid? CompanyId,
    [property: Id(2)] Role Role,
    [property: Id(3)] UserInput Person,
    [property: Id(4)] byte[] PasswordHash) : UserCommand, ICreate;

/// <summary>Replaces what a user says of itself.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">Phone number.</param>
/// <param name="Address">Home.</param>
[GenerateSerializer, Immutable, Alias("tms.users.update-profile")]
public sealed record UpdateProfile(
    [property: Id(0)] string FirstName,
    [property: Id(1)] string LastName,
    [property: Id(2)] string? Phone = null,
    [property: Id(3)] Address? Address = null) : UserCommand;

/// <summary>Makes a user something else.</summary>
/// <param name="Role">What from now on.</param>
/// <param name="By">Who asks.</param>
[GenerateSerializer, Immutable, Alias("tms.users.change-role")]
public sealed record ChangeRole([property: Id(0)] Role Role, [property: Id(1)] Actor By) : UserCommand
{
    /// <summary>A leader who stays where this takes one away; the user's grain finds it.</summary>
    [Id(2)]
    public Leader? Remaining { get; init; }
}

/// <summary>Says whether a user may log in.</summary>
/// <param name="IsActive">Whether.</param>
/// <param name="By">Who asks.</param>
[GenerateSerializer, Immutable, Alias("tms.users.set-active")]
public sealed record SetActive([property: Id(0)] bool IsActive, [property: Id(1)] Actor By) : UserCommand
{
    /// <summary>A leader who stays where this takes one away; the user's grain finds it.</summary>
    [Id(2)]
    public Leader? Remaining { get; init; }
}

/// <summary>Gives a user another password; whoever asks has shown the old one.</summary>
/// <param name="PasswordHash">As the hasher gave it.</param>
/// <param name="Session">
/// The session that asks: it goes on, and all others end. Empty: none goes on. Null, from earlier releases: the caller ends the others.
/// </param>
[GenerateSerializer, Immutable, Alias("tms.users.change-password")]
public sealed record ChangePassword([property: Id(0)] byte[] PasswordHash, [property: Id(1)] Guid? Session = null) : UserCommand;

/// <summary>Has a token mailed with which a password can be set.</summary>
[GenerateSerializer, Immutable, Alias("tms.users.request-password-reset")]
public sealed record RequestPasswordReset : UserCommand;

/// <summary>Gives a user another password; whoever asks has shown the mailed token.</summary>
/// <param name="Request">The version that the token names.</param>
/// <param name="PasswordHash">As the hasher gave it.</param>
[GenerateSerializer, Immutable, Alias("tms.users.reset-password")]
public sealed record ResetPassword([property: Id(0)] int Request, [property: Id(1)] byte[] PasswordHash) : UserCommand;

/// <summary>Has a token mailed to a new address.</summary>
/// <param name="Email">The new address.</param>
[GenerateSerializer, Immutable, Alias("tms.users.request-email-change")]
public sealed record RequestEmailChange([property: Id(0)] string Email) : UserCommand;

/// <summary>Takes the new address; whoever asks has shown the token that was mailed there.</summary>
/// <param name="Request">The version that the token names.</param>
[GenerateSerializer, Immutable, Alias("tms.users.confirm-email-change")]
public sealed record ConfirmEmailChange([property: Id(0)] int Request) : UserCommand;

/// <summary>Gives up an address that the user never showed to be theirs; whoever asks has shown it.</summary>
[GenerateSerializer, Immutable, Alias("tms.users.release-email")]
public sealed record ReleaseEmail : UserCommand;

/// <summary>Has logins need a code, too; whoever asks has shown a first one.</summary>
/// <param name="Secret">What codes are made from, wrapped.</param>
/// <param name="RecoveryCodes">Hashes of the codes for a lost device, one after the other.</param>
/// <param name="Count">How many these are.</param>
[GenerateSerializer, Immutable, Alias("tms.users.enable-second-factor")]
public sealed record EnableSecondFactor(
    [property: Id(0)] byte[] Secret, [property: Id(1)] byte[] RecoveryCodes, [property: Id(2)] int Count) : UserCommand;

/// <summary>Has logins need no code any more.</summary>
[GenerateSerializer, Immutable, Alias("tms.users.disable-second-factor")]
public sealed record DisableSecondFactor : UserCommand;

/// <summary>Uses a code for a lost device up.</summary>
/// <param name="RecoveryCodes">Hashes of the others.</param>
/// <param name="Left">How many these are; one less than there were, else somebody else was first.</param>
[GenerateSerializer, Immutable, Alias("tms.users.use-recovery-code")]
public sealed record UseRecoveryCode([property: Id(0)] byte[] RecoveryCodes, [property: Id(1)] int Left) : UserCommand;

/// <summary>Has logins of somebody who has lost the device need no code any more.</summary>
/// <param name="By">Who asks; never the user.</param>
[GenerateSerializer, Immutable, Alias("tms.users.reset-second-factor")]
public sealed record ResetSecondFactor([property: Id(0)] Actor By) : UserCommand;

/// <summary>Logs a user out everywhere.</summary>
/// <param name="By">Who asks.</param>
[GenerateSerializer, Immutable, Alias("tms.users.end-sessions")]
public sealed record EndSessions([property: Id(0)] Actor By) : UserCommand;

/// <summary>Destroys what the system knows of a person (GDPR, article 17). Doing it again changes nothing.</summary>
/// <param name="By">Who asks.</param>
[GenerateSerializer, Immutable, Alias("tms.users.erase")]
public sealed record EraseUser([property: Id(0)] Actor By) : UserCommand
{
    /// <summary>A leader who stays where this takes one away; the user's grain finds it.</summary>
    [Id(1)]
    public Leader? Remaining { get; init; }
}

/// <summary>Who a new user is.</summary>
/// <param name="Email">As it is written; unique in its normalised form.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
[GenerateSerializer, Immutable, Alias("tms.users.input")]
public sealed record UserInput(
    [property: Id(0)] string Email,
    [property: Id(1)] string FirstName,
    [property: Id(2)] string LastName);
