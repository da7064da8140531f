using Tms.Domain.Invoices;

namespace Tms.Domain.Ledger;

/// <summary>SAF-T standard tax codes that sales are booked with, and the accounts that belong to them.</summary>
public static class SalesVat
{
    /// <summary>Output VAT, standard rate.</summary>
    public const string Output = "3";

    /// <summary>Output VAT, middle rate (food).</summary>
    public const string OutputMiddle = "31";

    /// <summary>Output VAT, low rate (passenger transport).</summary>
    public const string OutputLow = "33";

    /// <summary>Domestic turnover exempt with credit (fritatt).</summary>
    public const string Exempt = "5";

    /// <summary>Domestic reverse charge.</summary>
    public const string ReverseCharge = "51";

    /// <summary>Export.</summary>
    public const string Export = "52";

    /// <summary>Turnover outside the VAT act (unntatt).</summary>
    public const string Outside = "6";

    /// <summary>No VAT treatment: the seller is not registered.</summary>
    public const string None = "7";

    /// <summary>How a sale of a VAT category and rate is booked.</summary>
    /// <param name="category">EN 16931's category.</param>
    /// <param name="rate">Percent; above 0 for <see cref="VatCategory.S"/> alone.</param>
    /// <exception cref="InvalidDataException">There is no such category with such a rate.</exception>
    public static SaleAccounts OfSale(VatCategory category, decimal rate) => (category, rate) switch
    {
        (VatCategory.S, 25m) => new(Output, Accounts.Revenue, Accounts.OutputVat),
        (VatCategory.S, 15m) => new(OutputMiddle, Accounts.RevenueMiddle, Accounts.OutputVatMiddle),
        (VatCategory.S, 12m) => new(OutputLow, Accounts.RevenueLow, Accounts.OutputVatLow),
        (VatCategory.Z, 0m) => new(Exempt, Accounts.RevenueZero, null),
        (VatCategory.G, 0m) => new(Export, Accounts.RevenueExport, null),
        (VatCategory.AE, 0m) => new(ReverseCharge, Accounts.RevenueZero, null),
        (VatCategory.E, 0m) => new(Outside, Accounts.RevenueOutside, null),
        (VatCategory.O, 0m) => new(None, Accounts.RevenueOutside, null),
        _ => throw new InvalidDataException($"No sale is booked with VAT category {category} at {rate} percent."),
    };
}

/// <summary>How a sale is booked.</summary>
/// <param name="VatCode">SAF-T code.</param>
/// <param name="Revenue">Account of the base.</param>
/// <param name="Vat">Account of the VAT; null where none is reckoned.</param>
public sealed record SaleAccounts(string VatCode, int Revenue, int? Vat);
