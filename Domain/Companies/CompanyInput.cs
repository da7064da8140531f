using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Companies;

/// <summary>Everything that somebody writes about a company.</summary>
/// <remarks>Defaults are the constructor's: the JSON reader keeps those where a field is missing, and drops initialisers.</remarks>
/// <param name="VatRegistered">Whether it charges VAT.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("tms.companies.input")]
public sealed record CompanyInput(bool VatRegistered = true)
{
    /// <summary>Name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Nine digits; stays as it is for good.</summary>
    [Id(1)]
    public required string OrganisationNumber { get; init; }

    /// <summary>Whether it charges VAT.</summary>
    [Id(2)]
    public bool VatRegistered { get; init; } = VatRegistered;

    /// <summary>Eleven digits; null: documents show none.</summary>
    [Id(3)]
    public string? BankAccount { get; init; }

    /// <summary>Head office.</summary>
    [Id(4)]
    public Address? Address { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(5)]
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [Id(6)]
    public string? Phone { get; init; }

    /// <summary>How the control digit of KIDs is made.</summary>
    [Id(7)]
    public KidMethod KidMethod { get; init; }
}
