using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>A user as its rules need it, folded from its events.</summary>
public sealed record User : ChangingState
{
    /// <summary>The user's company; null for the platform's.</summary>
    public Guid? CompanyId { get; init; }

    /// <summary>What the user is.</summary>
    public Role Role { get; init; } = Role.Elev;

    /// <summary>Normalised.</summary>
    public string Email { get; init; } = "";

    /// <summary>Whether the user has shown to read mail to <see cref="Email"/>: by an invitation, a confirmation or a reset.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEmailShown { get; init; }

    /// <summary>Given name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Family name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Home.</summary>
    public Address? Address { get; init; }

    /// <summary>Whether somebody has taken the login away.</summary>
    public bool IsDeactivated { get; init; }

    /// <summary>Whether the person's data are gone.</summary>
    public bool IsErased { get; init; }

    /// <summary>Codes for a lost device that are left; null: logins need no code.</summary>
    public int? RecoveryCodes { get; init; }

    /// <summary>Sessions that began when the user had an earlier version have ended.</summary>
    public int SessionsFrom { get; init; }

    /// <summary>The session that goes on whenever it began; null: none.</summary>
    public Guid? SessionKept { get; init; }

    /// <summary>When somebody last logged the user out everywhere, UTC; null: never. Tokens that name no version go by it.</summary>
    public DateTimeOffset? SessionsEndedAt { get; init; }

    /// <summary>The token with which a password can be set; null: none.</summary>
    public MailedToken? PasswordReset { get; init; }

    /// <summary>The token with which a new address can be taken; null: none.</summary>
    public MailedToken? EmailChange { get; init; }

    /// <summary>The address that <see cref="EmailChange"/> leads to.</summary>
    public string? NewEmail { get; init; }

    /// <summary>Whether the user may log in.</summary>
    [JsonIgnore]
    public bool IsActive => Exists && !IsDeactivated && !IsErased;
}

/// <summary>A token that went out by mail and has not been used.</summary>
/// <param name="Request">Version of the event that it went out with; the token names it.</param>
/// <param name="SentAt">When, UTC.</param>
/// <param name="ValidUntil">When it ends, UTC.</param>
public sealed record MailedToken(int Request, DateTimeOffset SentAt, DateTimeOffset ValidUntil)
{
    /// <summary>Whether a token that names a version holds at a time.</summary>
    public bool Holds(int request, DateTimeOffset now) => request == Request && now < ValidUntil;
}
