using System.Collections.Frozen;
using Tms.Domain.Users;

namespace Tms.Domain.Access;

/// <summary>A caller as far as it decides what the caller sees.</summary>
/// <param name="Company">The company acted on.</param>
/// <param name="May">Whether the caller has a permission: by role, or an API key by its scopes.</param>
public sealed record Viewer(Guid Company, Func<Permission, bool> May)
{
    /// <summary>The person who receives what concerns one person; null: none, as for an API key.</summary>
    public Guid? Person { get; init; }

    /// <summary>Whether the caller receives what is the whole company's. Default: true.</summary>
    public bool SeesCompany { get; init; } = true;

    /// <summary>The rooms whose messages the caller receives.</summary>
    public IReadOnlySet<Guid> Rooms { get; init; } = FrozenSet<Guid>.Empty;
}
