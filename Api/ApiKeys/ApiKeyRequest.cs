using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;
using Tms.Domain.ApiKeys;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.ApiKeys;

namespace Tms.Api.ApiKeys;

/// <summary>What a new key is to be.</summary>
public sealed record ApiKeyRequest : IRuled
{
    /// <summary>What people call it.</summary>
    [StringLength(ApiKeyDecider.MaxName, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>
    /// What it may do: company:read, economy:read, economy:draft, economy:run or audit:read; nothing that its maker may not.
    /// </summary>
    [MinLength(1), MaxLength(50)]
    public required IReadOnlyList<Permission> Scopes { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) =>
        facts.Caller is { } maker ? ApiKeyDecider.Check(Name, [.. Scopes], maker.Role) : [];
}

/// <summary>A key that was just made.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedBy">User who made it.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Version">Number of events; the ETag.</param>
/// <param name="Key">What to send as <c>Authorization: Bearer</c>; shown this once.</param>
public sealed record NewApiKey(
    Guid Id, string Name, ImmutableArray<Permission> Scopes, Guid? CreatedBy, DateTimeOffset CreatedAt, int Version, string Key)
{
    internal static NewApiKey Of(ApiKeyView view, string key) =>
        new(view.Id, view.Name, view.Scopes, view.CreatedBy, view.CreatedAt, view.Version, key);
}
