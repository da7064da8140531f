using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Invitations;

/// <summary>An invitation as callers see it.</summary>
[GenerateSerializer, Immutable, Alias("tms.invitations.view")]
public sealed record InvitationView : IAggregateView
{
    /// <summary>The aggregate's id.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Whom it was sent to, normalised; empty once somebody has joined with it.</summary>
    [Id(1)]
    public required string Email { get; init; }

    /// <summary>What whoever joins will be.</summary>
    [Id(2)]
    public required Role Role { get; init; }

    /// <summary>Where it stands; an open one no longer holds after <see cref="ExpiresAt"/>.</summary>
    [Id(3)]
    public required InvitationStatus Status { get; init; }

    /// <summary>When it ends, UTC.</summary>
    [Id(4)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was made, UTC.</summary>
    [Id(5)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of events; the ETag.</summary>
    [Id(6)]
    public required int Version { get; init; }

    /// <summary>The view of a state that exists.</summary>
    public static InvitationView Of(Invitation state) => new()
    {
        Id = state.Id,
        Email = state.Email,
        Role = state.Role,
        Status = state.Status,
        ExpiresAt = state.ExpiresAt,
        CreatedAt = state.CreatedAt,
        Version = state.Version,
    };
}
