using System.ComponentModel.DataAnnotations;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Domain.Customers;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Customers;
using Tms.ReadModels.Customers;

namespace Tms.Api.Customers;

/// <summary>What somebody writes of a customer, with POST or PUT.</summary>
[ReadOnlyInput(typeof(CustomerView))]
public sealed record CustomerRequest : IRuled
{
    /// <summary>Name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Nine digits, the last one by MOD11.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>Where documents are mailed.</summary>
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Postal address.</summary>
    public Address? Address { get; init; }

    /// <summary>Days to pay; left out: 14.</summary>
    [Range(0, InvoiceLimits.PaymentTermsDays)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>Peppol participant, scheme:value, e.g. 0192:974760673.</summary>
    public string? PeppolId { get; init; }

    internal CustomerInput ToInput() => new()
    {
        Name = Name,
        OrganisationNumber = OrganisationNumber,
        Email = Email,
        Phone = Phone,
        Address = Address,
        PaymentTermsDays = PaymentTermsDays,
        PeppolId = PeppolId,
    };

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => CustomerRules.Check(ToInput());
}

/// <summary>What part of the list of customers is asked for.</summary>
public sealed record CustomerQuery : PageQuery
{
    internal static readonly SortOrders<CustomerSort> Orders =
        new("createdAt", ("createdAt", CustomerSort.CreatedAt), ("number", CustomerSort.Number));

    /// <summary>Only archived ones (true) or only others (false); left out: all.</summary>
    public bool? Archived { get; init; }

    /// <summary>The name begins with this.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Q { get; init; }

    /// <summary>createdAt or number; with a minus: the other way round. Default: createdAt.</summary>
    public string? Sort { get; init; }
}
