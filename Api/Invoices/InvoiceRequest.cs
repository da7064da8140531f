using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Invoices;

namespace Tms.Api.Invoices;

/// <summary>
/// What somebody writes of an invoice, with POST or PUT. Kroner, at most two decimals; quantities and unit prices at most four.
/// </summary>
[ReadOnlyInput(typeof(InvoiceView))]
public sealed record InvoiceRequest : IRuled
{
    internal static readonly Refusal TwoCustomers = Refusal.Invalid(
        "/customer", InvoiceCodes.CustomerAmbiguous, "Give customerId or customer, not both.");

    /// <summary>The registered customer; else <see cref="Customer"/>.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>A customer written on this invoice only; else <see cref="CustomerId"/>.</summary>
    public InvoiceCustomerRequest? Customer { get; init; }

    /// <summary>Document date, never later than today in Oslo; left out: the day it is sent.</summary>
    public DateOnly? IssueDate { get; init; }

    /// <summary>Last day to pay; else <see cref="PaymentTermsDays"/>.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>Days to pay; left out: the customer's own, else 14.</summary>
    [Range(0, InvoiceLimits.PaymentTermsDays)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>ISO 4217; NOK only.</summary>
    [StringLength(3, MinimumLength = 3)]
    public string Currency { get; init; } = "NOK";

    /// <summary>The buyer's reference.</summary>
    [StringLength(InvoiceLimits.Reference)]
    public string? Reference { get; init; }

    /// <summary>Free text on the document.</summary>
    [StringLength(InvoiceLimits.Note), MultiLine]
    public string? Note { get; init; }

    /// <summary>When it was delivered.</summary>
    public DateOnly? DeliveryDate { get; init; }

    /// <summary>Where it was delivered.</summary>
    [StringLength(InvoiceLimits.DeliveryPlace)]
    public string? DeliveryPlace { get; init; }

    /// <summary>What is sold.</summary>
    [MinLength(1), MaxLength(InvoiceLimits.Lines)]
    public required IReadOnlyList<InvoiceLineRequest> Lines { get; init; }

    /// <summary>Deductions from the whole invoice.</summary>
    [MaxLength(InvoiceLimits.Adjustments)]
    public IReadOnlyList<InvoiceAdjustmentRequest> Allowances { get; init; } = [];

    /// <summary>Additions to the whole invoice.</summary>
    [MaxLength(InvoiceLimits.Adjustments)]
    public IReadOnlyList<InvoiceAdjustmentRequest> Charges { get; init; } = [];

    /// <summary>Already paid before the invoice.</summary>
    [Range(typeof(decimal), "0", "9999999999.99")]
    public decimal Prepaid { get; init; }

    /// <summary>Added to reach whole kroner in cash.</summary>
    [Range(typeof(decimal), "-1", "1")]
    public decimal PayableRounding { get; init; }

    /// <summary>As the rules take it.</summary>
    internal InvoiceInput ToInput() => new()
    {
        CustomerId = CustomerId,
        Customer = Customer?.ToSnapshot(CustomerId),
        IssueDate = IssueDate,
        DueDate = DueDate,
        PaymentTermsDays = PaymentTermsDays,
        Currency = Currency,
        Reference = Reference,
        Note = Note,
        DeliveryDate = DeliveryDate,
        DeliveryPlace = DeliveryPlace,
        Lines = [.. Lines.Select(l => l.ToLine())],
        Allowances = [.. Allowances.Select(a => a.ToAdjustment())],
        Charges = [.. Charges.Select(c => c.ToAdjustment())],
        Prepaid = Prepaid,
        PayableRounding = PayableRounding,
    };

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => CustomerId is null || Customer is null || facts.Replaces
        ? InvoiceRules.Check(ToInput(), Oslo.DateOf(facts.Now))
        : InvoiceRules.Check(ToInput(), Oslo.DateOf(facts.Now)).Prepend(TwoCustomers);
}

/// <summary>A customer written on one invoice only.</summary>
[ReadOnlyInput(typeof(InvoiceCustomerView))]
public sealed record InvoiceCustomerRequest
{
    /// <summary>Name.</summary>
    [StringLength(200, MinimumLength = 1)]
    public required string Name { get; init; }

    /// <summary>Nine digits, the last one by MOD11.</summary>
    public string? OrganisationNumber { get; init; }

    /// <summary>Where documents are mailed.</summary>
    public string? Email { get; init; }

    /// <summary>Postal address.</summary>
    public Address? Address { get; init; }

    internal CustomerSnapshot ToSnapshot(Guid? id) =>
        new() { Id = id, Name = Name, OrganisationNumber = OrganisationNumber, Email = Email, Address = Address };
}

/// <summary>A line of an invoice. Its net is worked out, never taken.</summary>
[ReadOnlyInput("net")]
public sealed record InvoiceLineRequest
{
    /// <summary>Goods or services.</summary>
    [StringLength(InvoiceLimits.Description, MinimumLength = 1)]
    public required string Description { get; init; }

    /// <summary>How many; negative for a return.</summary>
    [Decimals(4), Range(typeof(decimal), "-999999999.9999", "999999999.9999")]
    public decimal Quantity { get; init; } = 1;

    /// <summary>Unit of the quantity.</summary>
    [StringLength(InvoiceLimits.Unit)]
    public string? Unit { get; init; }

    /// <summary>Price of <see cref="PriceBaseQuantity"/> units.</summary>
    [Decimals(4), Range(typeof(decimal), "0", "9999999999.99")]
    public required decimal UnitPrice { get; init; }

    /// <summary>How many units the price is for.</summary>
    [Decimals(4), Range(typeof(decimal), "0.0001", "999999999.9999")]
    public decimal PriceBaseQuantity { get; init; } = 1;

    /// <summary>Percent off.</summary>
    [Range(typeof(decimal), "0", "100")]
    public decimal DiscountPercent { get; init; }

    /// <summary>Deducted from the line.</summary>
    [Range(typeof(decimal), "0", "9999999999.99")]
    public decimal Allowance { get; init; }

    /// <summary>Added to the line.</summary>
    [Range(typeof(decimal), "0", "9999999999.99")]
    public decimal Charge { get; init; }

    /// <summary>Percent: 25, 15, 12 or 0.</summary>
    public required decimal VatRate { get; init; }

    /// <summary>EN 16931: S where the rate is above 0; must be said at rate 0 (Z, E, G, AE, O).</summary>
    public VatCategory? VatCategory { get; init; }

    internal InvoiceLine ToLine() => new()
    {
        Description = Description,
        Quantity = Quantity,
        Unit = Unit,
        UnitPrice = UnitPrice,
        PriceBaseQuantity = PriceBaseQuantity,
        DiscountPercent = DiscountPercent,
        Allowance = Allowance,
        Charge = Charge,
        VatRate = VatRate,
        VatCategory = VatCategory,
    };
}

/// <summary>An allowance or charge of the whole invoice.</summary>
public sealed record InvoiceAdjustmentRequest
{
    /// <summary>What for.</summary>
    [StringLength(InvoiceLimits.Reason, MinimumLength = 1)]
    public required string Reason { get; init; }

    /// <summary>How much.</summary>
    [Range(typeof(decimal), "0", "9999999999.99")]
    public required decimal Amount { get; init; }

    /// <summary>Percent: 25, 15, 12 or 0.</summary>
    public required decimal VatRate { get; init; }

    /// <summary>As for a line.</summary>
    public VatCategory? VatCategory { get; init; }

    internal InvoiceAdjustment ToAdjustment() => new(Reason, Amount, VatRate, VatCategory);
}

/// <summary>A payment. An empty body pays what is outstanding, today.</summary>
public sealed record PaymentRequest : IRuled
{
    /// <summary>Above 0; left out: what is outstanding.</summary>
    [Range(typeof(decimal), "0.01", "9999999999.99")]
    public decimal? Amount { get; init; }

    /// <summary>When it was paid, never later than today in Oslo; left out: today.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The bank's or the payer's words.</summary>
    [StringLength(InvoiceLimits.Reference)]
    public string? Reference { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) =>
        InvoiceRules.Check(new PayInvoice(Guid.Empty, Amount, Date, Reference), facts.Now);
}

/// <summary>Why something is undone.</summary>
public sealed record ReasonRequest : IRuled
{
    /// <summary>In words, for the audit trail.</summary>
    [StringLength(InvoiceLimits.Reason, MinimumLength = 1), MultiLine]
    public required string Reason { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => InvoiceRules.Check(new CancelInvoice(Reason), facts.Now);
}
