using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;
using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Companies;

namespace Tms.Api.Companies;

/// <summary>What somebody writes of a company.</summary>
[ReadOnlyInput(typeof(CompanyView))]
public sealed record CompanyRequest : IRuled
{
    /// <summary>Name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Nine digits, the last one by MOD11.</summary>
    public required string OrganisationNumber { get; init; }

    /// <summary>Whether it charges VAT.</summary>
    public bool VatRegistered { get; init; } = true;

    /// <summary>Eleven digits; left out: documents show none.</summary>
    public string? BankAccount { get; init; }

    /// <summary>Head office.</summary>
    public Address? Address { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>How the control digit of KIDs is made: mod10 or mod11.</summary>
    public KidMethod KidMethod { get; init; }

    internal CompanyInput ToInput() => new()
    {
        Name = Name,
        OrganisationNumber = OrganisationNumber,
        VatRegistered = VatRegistered,
        BankAccount = BankAccount,
        Address = Address,
        Email = Email,
        Phone = Phone,
        KidMethod = KidMethod,
    };

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => CompanyRules.Check(ToInput());
}
