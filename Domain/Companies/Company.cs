using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Tms.Domain.Companies;

/// <summary>A company as its rules need it, folded from its events. Its id is the tenant's.</summary>
public sealed record Company
{
    /// <summary>Before the first event.</summary>
    public static readonly Company Initial = new();

    /// <summary>The aggregate's id, and the tenant's.</summary>
    public Guid Id { get; init; }

    /// <summary>Number of events; 0: it does not exist.</summary>
    public int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>All that somebody wrote.</summary>
    public CompanyInput Input { get; init; } = new() { Name = "", OrganisationNumber = "" };

    /// <summary>What is active, in the order of <see cref="Module"/>.</summary>
    public ImmutableArray<Module> Modules { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether there is such a company.</summary>
    [JsonIgnore]
    public bool Exists => Version > 0;

    /// <summary>With a module more.</summary>
    internal Company Activating(Module module) => this with { Modules = [.. Modules.Add(module).Order()] };

    /// <summary>With a module less.</summary>
    internal Company Deactivating(Module module) => this with { Modules = Modules.Remove(module) };
}
