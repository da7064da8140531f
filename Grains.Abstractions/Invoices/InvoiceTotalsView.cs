using System.Collections.Immutable;
using Tms.Domain.Invoices;

namespace Tms.Grains.Abstractions.Invoices;

/// <summary>The sums of an invoice, kroner.</summary>
[GenerateSerializer, Immutable, Alias("tms.invoices.totals-view")]
public sealed record InvoiceTotalsView
{
    /// <summary>Before VAT.</summary>
    [Id(0)]
    public required decimal Net { get; init; }

    /// <summary>Per category and rate.</summary>
    [Id(1)]
    public required ImmutableArray<VatTotal> Vat { get; init; }

    /// <summary>VAT in all.</summary>
    [Id(2)]
    public required decimal VatAmount { get; init; }

    /// <summary>Net and VAT.</summary>
    [Id(3)]
    public required decimal Gross { get; init; }

    /// <summary>Already paid before the invoice.</summary>
    [Id(4)]
    public required decimal Prepaid { get; init; }

    /// <summary>Added to reach whole kroner.</summary>
    [Id(5)]
    public required decimal PayableRounding { get; init; }

    /// <summary>To be paid in all.</summary>
    [Id(6)]
    public required decimal Payable { get; init; }

    /// <summary>Paid so far.</summary>
    [Id(7)]
    public required decimal Paid { get; init; }

    /// <summary>Still to be paid.</summary>
    [Id(8)]
    public required decimal Outstanding { get; init; }

    /// <summary>The sums of a state.</summary>
    public static InvoiceTotalsView Of(Invoice state) => new()
    {
        Net = state.Totals.Net,
        Vat = state.Totals.Vat,
        VatAmount = state.Totals.VatAmount,
        Gross = state.Totals.Gross,
        Prepaid = state.Totals.Prepaid,
        PayableRounding = state.Totals.PayableRounding,
        Payable = state.Totals.Payable,
        Paid = state.Paid,
        Outstanding = state.Outstanding,
    };
}

/// <summary>A credit note in short.</summary>
/// <param name="Id">The credit note's id.</param>
/// <param name="Number">In the same series as the invoices.</param>
/// <param name="Date">Document date.</param>
/// <param name="Gross">Credited, with VAT.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.credit-note-view")]
public sealed record InvoiceCreditNoteView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Number,
    [property: Id(2)] DateOnly Date,
    [property: Id(3)] decimal Gross);
