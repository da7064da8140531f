using System.Text.Json.Serialization;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Invitations;

/// <summary>An invitation as its rules need it, folded from its events. Its id becomes the id of the user who joins.</summary>
public sealed record Invitation : DatedState
{
    /// <summary>Whom it was sent to, normalised; empty once somebody has joined with it.</summary>
    public string Email { get; init; } = "";

    /// <summary>What whoever joins will be.</summary>
    public Role Role { get; init; } = Role.Elev;

    /// <summary>User who invited: of the company, or an ADMIN.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Guid InvitedBy { get; init; }

    /// <summary>When it ends, UTC.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Where it stands.</summary>
    public InvitationStatus Status { get; init; }
}

/// <summary>Where an invitation stands.</summary>
[JsonConverter(typeof(EnumConverter<InvitationStatus>))]
public enum InvitationStatus
{
    /// <summary>Nobody has answered; it holds until it expires.</summary>
    Open,

    /// <summary>Somebody has joined with it.</summary>
    Accepted,

    /// <summary>It was taken back.</summary>
    Withdrawn,
}
