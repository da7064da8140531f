using System.Collections.Immutable;
using Orleans;

namespace Tms.Domain.Invoices;

/// <summary>Everything of an invoice that somebody writes. In events and in the state every choice left open is made:
/// the customer is there, lines carry their net, and every line, allowance and charge says its VAT category.</summary>
/// <remarks>Defaults are the constructor's: the JSON reader keeps those where a field is missing, and drops initialisers.</remarks>
/// <param name="Currency">ISO 4217.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("tms.invoices.input")]
public sealed record InvoiceInput(string Currency = "NOK")
{
    /// <summary>The registered customer; null for one that is written on the invoice only.</summary>
    [Id(0)]
    public Guid? CustomerId { get; init; }

    /// <summary>In a command: a customer written on this invoice only (beside a <see cref="CustomerId"/>: an echo of that customer,
    /// ignored).
    /// In events and state: the customer, registered or not.</summary>
    [Id(1)]
    public CustomerSnapshot? Customer { get; init; }

    /// <summary>Document date; null: the day it is sent, in Oslo.</summary>
    [Id(2)]
    public DateOnly? IssueDate { get; init; }

    /// <summary>Last day to pay; null: <see cref="PaymentTermsDays"/> after the issue date.</summary>
    [Id(3)]
    public DateOnly? DueDate { get; init; }

    /// <summary>
    /// Days to pay; null: the customer's own, else <see cref="InvoiceLimits.DefaultPaymentTermsDays"/>. Never beside <see cref="DueDate"/>.
    /// </summary>
    [Id(4)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>ISO 4217.</summary>
    [Id(5)]
    public string Currency { get; init; } = Currency;

    /// <summary>The buyer's reference.</summary>
    [Id(6)]
    public string? Reference { get; init; }

    /// <summary>Free text on the document.</summary>
    [Id(7)]
    public string? Note { get; init; }

    /// <summary>When it was delivered.</summary>
    [Id(8)]
    public DateOnly? DeliveryDate { get; init; }

    /// <summary>Where it was delivered.</summary>
    [Id(9)]
    public string? DeliveryPlace { get; init; }

    /// <summary>What is sold, 1 to 1000 lines.</summary>
    [Id(10)]
    public ImmutableArray<InvoiceLine> Lines { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Deductions from the whole invoice.</summary>
    [Id(11)]
    public ImmutableArray<InvoiceAdjustment> Allowances { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Additions to the whole invoice.</summary>
    [Id(12)]
    public ImmutableArray<InvoiceAdjustment> Charges { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Already paid before the invoice, kroner.</summary>
    [Id(13)]
    public decimal Prepaid { get; init; }

    /// <summary>Added to reach whole kroner in cash: from -1 to 1.</summary>
    [Id(14)]
    public decimal PayableRounding { get; init; }

    /// <summary>
    /// Whether both say the same: lines and adjustments compared one by one (record equality compares arrays by reference).
    /// </summary>
    public bool SaysTheSameAs(InvoiceInput other) =>
        Lines.AsSpan().SequenceEqual(other.Lines.AsSpan())
        && Allowances.AsSpan().SequenceEqual(other.Allowances.AsSpan())
        && Charges.AsSpan().SequenceEqual(other.Charges.AsSpan())
        && this with { Lines = other.Lines, Allowances = other.Allowances, Charges = other.Charges } == other;
}
