using System.Collections.Immutable;

namespace Tms.Domain.Invoices;

/// <summary>An input with every choice made, and its sums.</summary>
/// <param name="Input">Lines carry net and category.</param>
/// <param name="Totals">The sums.</param>
internal sealed record PricedInvoice(InvoiceInput Input, InvoiceTotals Totals);

/// <summary>Makes the choices that an input leaves open, and the sums.</summary>
internal static class InvoicePricing
{
    /// <summary>An input without faults, priced.</summary>
    /// <param name="input">What somebody wrote.</param>
    /// <param name="sellerVatRegistered">Else every category is O.</param>
    public static PricedInvoice Price(InvoiceInput input, bool sellerVatRegistered)
    {
        var priced = input with
        {
            Lines = ImmutableArray.CreateRange(input.Lines, Line, sellerVatRegistered),
            Allowances = ImmutableArray.CreateRange(input.Allowances, Adjustment, sellerVatRegistered),
            Charges = ImmutableArray.CreateRange(input.Charges, Adjustment, sellerVatRegistered),
        };
        return new PricedInvoice(priced, InvoiceTotals.Of(priced));
    }

    /// <summary>The customer that an invoice gets: the registered one as it is, or the written one without an id.</summary>
    public static InvoiceInput For(this InvoiceInput input, CustomerSnapshot? known) => input with
    {
        Customer = input.CustomerId is not null
            ? known
            : input.Customer! with { Id = null, Number = null, PeppolId = null, PaymentTermsDays = null, IsArchived = false },
    };

    private static InvoiceLine Line(InvoiceLine line, bool sellerVatRegistered) => line with
    {
        VatRate = VatRates.Canonical(line.VatRate),
        VatCategory = Category(line.VatRate, line.VatCategory, sellerVatRegistered),
        Net = InvoiceTotals.NetOf(line),
    };

    private static InvoiceAdjustment Adjustment(InvoiceAdjustment adjustment, bool sellerVatRegistered) => adjustment with
    {
        VatRate = VatRates.Canonical(adjustment.VatRate),
        VatCategory = Category(adjustment.VatRate, adjustment.VatCategory, sellerVatRegistered),
    };

    private static VatCategory Category(decimal rate, VatCategory? category, bool sellerVatRegistered) =>
        !sellerVatRegistered ? VatCategory.O
        : rate > 0 ? VatCategory.S
        : category ?? VatCategory.O;
}
