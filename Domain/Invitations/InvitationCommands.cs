using Orleans;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Invitations;

/// <summary>What can be asked of an invitation.</summary>
[GenerateSerializer, Immutable, Alias("tms.invitations.command")]
public abstract record InvitationCommand;

/// <summary>Invites somebody into a company; a token goes out by mail.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="Email">Whom.</param>
/// <param name="Role">What whoever joins will be.</param>
/// <param name="By">Who invites.</param>
[GenerateSerializer, Immutable, Alias("tms.invitations.invite")]
public sealed record InviteUser(
    [property: Id(0)] Guid CompanyId,
    [property: Id(1)] string Email,
    [property: Id(2)] Role Role,
    [property: Id(3)] Actor By) : InvitationCommand, ICreate
{
    /// <summary>Whether a user of the company has the address already; the invitation's grain finds out.</summary>
    [Id(4)]
    public bool IsMember { get; init; }

    /// <summary>Whether the company has as many open invitations as it may have. A repeat is answered as the first try was.</summary>
    [Id(6)]
    public bool IsFull { get; init; }

    /// <summary>Why no mail may go to the address yet; null: one may. A repeat is answered as the first try was.</summary>
    [Id(7)]
    public Refusal? NotYet { get; init; }

    /// <summary>Whether whoever joins becomes an ADMIN of the platform, which is no company.</summary>
    [Id(5)]
    public bool IsToPlatform { get; init; }
}

/// <summary>Takes an invitation back.</summary>
[GenerateSerializer, Immutable, Alias("tms.invitations.withdraw")]
public sealed record WithdrawInvitation : InvitationCommand;

/// <summary>Joins with an invitation; whoever asks has shown the token that was mailed.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="Person">Who joins: the address must be the invited one.</param>
/// <param name="PasswordHash">As the hasher gave it; stored beside the events, never in them.</param>
[GenerateSerializer, Immutable, Alias("tms.invitations.accept")]
public sealed record AcceptInvitation(
    [property: Id(0)] Guid CompanyId,
    [property: Id(1)] UserInput Person,
    [property: Id(2)] byte[] PasswordHash) : InvitationCommand
{
    /// <summary>Who invited, if that user is active; the invitation's grain finds out.</summary>
    [Id(3)]
    public Inviter? Inviter { get; init; }
}

/// <summary>An active user who has invited somebody.</summary>
/// <param name="By">The user, with the role of now.</param>
/// <param name="Version">Version of the user at which that held; 0: one of the platform.</param>
[GenerateSerializer, Immutable, Alias("tms.invitations.inviter")]
public sealed record Inviter([property: Id(0)] Actor By, [property: Id(1)] int Version);
