using System.Collections.Immutable;
using Tms.Domain.ApiKeys;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.ApiKeys;

/// <summary>An API key as those who manage it see it: never what it is checked with.</summary>
[GenerateSerializer, Immutable, Alias("tms.api-keys.view")]
public sealed record ApiKeyView : IAggregateView
{
    /// <summary>The key's id.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>What people call it.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    [Id(2)]
    public required ImmutableArray<Permission> Scopes { get; init; }

    /// <summary>When it was made, UTC.</summary>
    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was revoked, UTC; null: it holds.</summary>
    [Id(4)]
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Number of events; the ETag.</summary>
    [Id(5)]
    public required int Version { get; init; }

    /// <summary>User who made it; the key lives on without that user. Null: before that was noted.</summary>
    [Id(6)]
    public Guid? CreatedBy { get; init; }

    /// <summary>The view of a state that exists.</summary>
    public static ApiKeyView Of(ApiKey state) => new()
    {
        Id = state.Id,
        Name = state.Name,
        Scopes = state.Scopes,
        CreatedBy = state.CreatedBy,
        CreatedAt = state.CreatedAt,
        RevokedAt = state.RevokedAt,
        Version = state.Version,
    };
}
