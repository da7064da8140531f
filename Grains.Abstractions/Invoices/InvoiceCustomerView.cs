using Tms.Domain.Invoices;
using Tms.Domain.Shared;

namespace Tms.Grains.Abstractions.Invoices;

/// <summary>A customer as an invoice shows it.</summary>
[GenerateSerializer, Immutable, Alias("tms.invoices.customer-view")]
public sealed record InvoiceCustomerView
{
    /// <summary>The registered customer; null for one that is written on the invoice only.</summary>
    [Id(0)]
    public Guid? Id { get; init; }

    /// <summary>Customer number.</summary>
    [Id(1)]
    public long? Number { get; init; }

    /// <summary>Name.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Nine digits.</summary>
    [Id(3)]
    public string? OrganisationNumber { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(4)]
    public string? Email { get; init; }

    /// <summary>Postal address.</summary>
    [Id(5)]
    public Address? Address { get; init; }

    /// <summary>Peppol participant.</summary>
    [Id(6)]
    public string? PeppolId { get; init; }

    /// <summary>The view of a snapshot.</summary>
    public static InvoiceCustomerView Of(CustomerSnapshot customer) => new()
    {
        Id = customer.Id,
        Number = customer.Number,
        Name = customer.Name,
        OrganisationNumber = customer.OrganisationNumber,
        Email = customer.Email,
        Address = customer.Address,
        PeppolId = customer.PeppolId,
    };
}
