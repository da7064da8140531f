using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>A company's key for another system, as its rules need it. What it is checked with is kept beside the log.</summary>
public sealed record ApiKey
{
    /// <summary>Before the first event.</summary>
    public static readonly ApiKey Initial = new();

    /// <summary>The aggregate's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Number of events; 0: it does not exist.</summary>
    public int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it may do.</summary>
    public ImmutableArray<Permission> Scopes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>When it was revoked, UTC; null: it holds.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether there is such a key.</summary>
    [JsonIgnore]
    public bool Exists => Version > 0;
}
