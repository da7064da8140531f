using System.Text.Json.Serialization;
using Orleans;
using Tms.Domain.Companies;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>A customer as an invoice knows it: a copy, so that later changes of the customer do not reach what was sent.</summary>
[GenerateSerializer, Immutable, Alias("tms.invoices.customer")]
public sealed record CustomerSnapshot
{
    /// <summary>The registered customer; null for one that is written on the invoice only.</summary>
    [Id(0)]
    public Guid? Id { get; init; }

    /// <summary>Name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Nine digits.</summary>
    [Id(2)]
    public string? OrganisationNumber { get; init; }

    /// <summary>Where documents are mailed.</summary>
    [Id(3)]
    public string? Email { get; init; }

    /// <summary>Postal address.</summary>
    [Id(4)]
    public Address? Address { get; init; }

    /// <summary>Customer number: the first digits of the KID.</summary>
    [Id(5)]
    public long? Number { get; init; }

    /// <summary>Peppol participant, <c>scheme:value</c>.</summary>
    [Id(6)]
    public string? PeppolId { get; init; }

    /// <summary>The customer's own days to pay.</summary>
    [Id(7)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>Whether the customer is out of use: no new invoice then.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsArchived { get; init; }
}

/// <summary>The selling company as it was when the invoice was sent.</summary>
/// <param name="VatRegistered">Whether documents show VAT and <c>MVA</c>.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("tms.invoices.seller")]
public sealed record SellerSnapshot(bool VatRegistered = true)
{
    /// <summary>The company.</summary>
    [Id(0)]
    public required Guid CompanyId { get; init; }

    /// <summary>Name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Nine digits.</summary>
    [Id(2)]
    public required string OrganisationNumber { get; init; }

    /// <summary>Whether documents show VAT and <c>MVA</c>.</summary>
    [Id(3)]
    public bool VatRegistered { get; init; } = VatRegistered;

    /// <summary>Eleven digits; null: documents show none.</summary>
    [Id(4)]
    public string? BankAccount { get; init; }

    /// <summary>Postal address.</summary>
    [Id(5)]
    public Address? Address { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(6)]
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [Id(7)]
    public string? Phone { get; init; }

    /// <summary>How the KID's control digit is made.</summary>
    [Id(8)]
    public KidMethod KidMethod { get; init; }
}
