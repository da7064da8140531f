using System.Collections.Immutable;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>A company's key for another system, as its rules need it. What it is checked with is kept beside the log.</summary>
public sealed record ApiKey : DatedState
{
    /// <summary>What people call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it may do.</summary>
    public ImmutableArray<Permission> Scopes { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>User who made it; null: before that was noted.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>When it was revoked, UTC; null: it holds.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
