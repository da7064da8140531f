using System.Collections.Immutable;

namespace Tms.Domain.Companies;

/// <summary>What leaves the system of a company's event.</summary>
public sealed record CompanyPayload
{
    /// <summary>Name; as all fields null where the event does not tell.</summary>
    public string? Name { get; init; }

    /// <summary>Nine digits.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>Whether it charges VAT.</summary>
    public bool? VatRegistered { get; init; }

    /// <summary>What it starts with.</summary>
    public ImmutableArray<Module>? Modules { get; init; }

    /// <summary>What was activated or deactivated.</summary>
    public Module? Module { get; init; }

    /// <summary>Of all that somebody wrote.</summary>
    internal static CompanyPayload Of(CompanyInput input) => new()
    {
        Name = input.Name,
        OrganisationNumber = input.OrganisationNumber,
        VatRegistered = input.VatRegistered,
    };
}
