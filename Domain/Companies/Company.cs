using System.Collections.Immutable;
using Tms.Domain.Shared;

namespace Tms.Domain.Companies;

/// <summary>A company as its rules need it, folded from its events. Its id is the tenant's.</summary>
public sealed record Company : ChangingState
{
    /// <summary>All that somebody wrote.</summary>
    public CompanyInput Input { get; init; } = new() { Name = "", OrganisationNumber = "" };

    /// <summary>What is active, in the order of <see cref="Module"/>.</summary>
    public ImmutableArray<Module> Modules { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>With a module more.</summary>
    internal Company Activating(Module module) => this with { Modules = [.. Modules.Add(module).Order()] };

    /// <summary>With a module less.</summary>
    internal Company Deactivating(Module module) => this with { Modules = Modules.Remove(module) };
}
