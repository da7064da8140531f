using System.Collections.Immutable;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>What lines, allowances and charges must hold.</summary>
internal static class InvoiceLineRules
{
    private const int PercentDecimals = 4, QuantityDecimals = 4;

    /// <summary>Adds all faults of an input's lines, allowances and charges.</summary>
    public static void Check(Faults faults, InvoiceInput input, bool? sellerVatRegistered)
    {
        faults.Unless(input.Lines.Length > 0, "lines", RuleCodes.Required, "An invoice has at least one line.");
        faults.Unless(
            input.Lines.Length <= InvoiceLimits.Lines, "lines", InvoiceCodes.TooMany,
            $"An invoice has at most {InvoiceLimits.Lines} lines.");
        Count(faults, "allowances", input.Allowances);
        Count(faults, "charges", input.Charges);
        if (faults.Found.Any(static f => f.Code == InvoiceCodes.TooMany)) return;

        for (var i = 0; i < input.Lines.Length; i++) Line(faults.In("/lines", i), input.Lines[i], sellerVatRegistered);
        Adjustments(faults, "/allowances", input.Allowances, sellerVatRegistered);
        Adjustments(faults, "/charges", input.Charges, sellerVatRegistered);
        if (sellerVatRegistered == true) NotMixed(faults, input);
    }

    private static void Count(Faults faults, string field, ImmutableArray<InvoiceAdjustment> adjustments) => faults.Unless(
        adjustments.Length <= InvoiceLimits.Adjustments, field, InvoiceCodes.TooMany,
        $"An invoice has at most {InvoiceLimits.Adjustments} of them.");

    private static void Line(Faults faults, InvoiceLine line, bool? sellerVatRegistered)
    {
        faults.Required("description", line.Description, InvoiceLimits.Description);
        faults.Number("quantity", line.Quantity, -InvoiceLimits.Quantity, InvoiceLimits.Quantity, QuantityDecimals);
        faults.Optional("unit", line.Unit, InvoiceLimits.Unit);
        faults.Number("unitPrice", line.UnitPrice, 0, InvoiceLimits.UnitPrice, QuantityDecimals);
        faults.Number("priceBaseQuantity", line.PriceBaseQuantity, InvoiceLimits.MinBaseQuantity, InvoiceLimits.Quantity, QuantityDecimals);
        faults.Number("discountPercent", line.DiscountPercent, 0, 100, PercentDecimals);
        faults.Amount("allowance", line.Allowance);
        faults.Amount("charge", line.Charge);
        Vat(faults, line.VatRate, line.VatCategory, sellerVatRegistered);
    }

    private static void Adjustments(Faults faults, string pointer, ImmutableArray<InvoiceAdjustment> adjustments, bool? sellerVatRegistered)
    {
        for (var i = 0; i < adjustments.Length; i++)
        {
            faults.In(pointer, i).Required("reason", adjustments[i].Reason, InvoiceLimits.Reason);
            faults.Amount("amount", adjustments[i].Amount);
            Vat(faults, adjustments[i].VatRate, adjustments[i].VatCategory, sellerVatRegistered);
        }
    }

    private static void Vat(Faults faults, decimal rate, VatCategory? category, bool? sellerVatRegistered)
    {
        if (!VatRates.IsKnown(rate)) faults.Add("vatRate", InvoiceCodes.UnknownVatRate, "VAT rates are 25, 15, 12 and 0.");
        else if (sellerVatRegistered == false)
            faults.Unless(rate == 0, "vatRate", InvoiceCodes.SellerNotVatRegistered, "A seller that is not VAT-registered charges no VAT.");
        else if (category is null)
            faults.Unless(
                rate > 0 || sellerVatRegistered is null, "vatCategory", InvoiceCodes.VatCategoryRequired,
                "Say at rate 0 which it is: Z, E, G, AE or O.");
        else if (category is < VatCategory.S or > VatCategory.O)
            faults.Add("vatCategory", InvoiceCodes.UnknownVatCategory, "VAT categories are S, Z, E, G, AE and O.");
        else faults.Unless(
            rate > 0 == (category == VatCategory.S), "vatCategory", InvoiceCodes.VatCategoryMismatch,
            "S goes with rates above 0, and only S does.");
    }

    // BR-O-11 to BR-O-14 of EN 16931: what is outside VAT has a document of its own.
    private static void NotMixed(Faults faults, InvoiceInput input)
    {
        var (outside, within) = (false, false);
        void See(VatCategory? category)
        {
            outside |= category == VatCategory.O;
            within |= category != VatCategory.O;
        }

        foreach (var line in input.Lines) See(line.VatCategory);
        foreach (var allowance in input.Allowances) See(allowance.VatCategory);
        foreach (var charge in input.Charges) See(charge.VatCategory);
        faults.In("")
            .Unless(
                !(outside && within), "lines", InvoiceCodes.VatCategoryMixed,
                "Category O is never beside another one on the same invoice.");
    }
}
