using Orleans;

namespace Tms.Domain.Invoices;

/// <summary>One thing sold.</summary>
/// <remarks>Defaults are the constructor's: the JSON reader keeps those where a field is missing, and drops initialisers.</remarks>
/// <param name="Quantity">How many.</param>
/// <param name="PriceBaseQuantity">How many units the price is for.</param>
[GenerateSerializer(IncludePrimaryConstructorParameters = false), Immutable, Alias("tms.invoices.line")]
public sealed record InvoiceLine(decimal Quantity = 1, decimal PriceBaseQuantity = 1)
{
    /// <summary>What it is.</summary>
    [Id(0)]
    public required string Description { get; init; }

    /// <summary>How many, up to 4 decimals; negative for a return.</summary>
    [Id(1)]
    public decimal Quantity { get; init; } = Quantity;

    /// <summary>Of which unit, as written on the document.</summary>
    [Id(2)]
    public string? Unit { get; init; }

    /// <summary>Kroner before VAT for <see cref="PriceBaseQuantity"/> units, up to 4 decimals; never negative.</summary>
    [Id(3)]
    public required decimal UnitPrice { get; init; }

    /// <summary>How many units the price is for, up to 4 decimals; above 0.</summary>
    [Id(4)]
    public decimal PriceBaseQuantity { get; init; } = PriceBaseQuantity;

    /// <summary>0 to 100, up to 4 decimals.</summary>
    [Id(5)]
    public decimal DiscountPercent { get; init; }

    /// <summary>Kroner taken off after the discount.</summary>
    [Id(6)]
    public decimal Allowance { get; init; }

    /// <summary>Kroner put on after the discount.</summary>
    [Id(7)]
    public decimal Charge { get; init; }

    /// <summary>Percent: 25, 15, 12 or 0.</summary>
    [Id(8)]
    public required decimal VatRate { get; init; }

    /// <summary>EN 16931's category; null only in a command, where the rate (or the seller) says it.</summary>
    [Id(9)]
    public VatCategory? VatCategory { get; init; }

    /// <summary>Kroner before VAT, 2 decimals; computed, ignored in a command.</summary>
    [Id(10)]
    public decimal Net { get; init; }
}

/// <summary>An allowance or a charge on the whole invoice.</summary>
/// <param name="Reason">What for.</param>
/// <param name="Amount">Kroner before VAT, never negative.</param>
/// <param name="VatRate">Percent: 25, 15, 12 or 0.</param>
/// <param name="VatCategory">EN 16931's category; null only in a command.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.adjustment")]
public sealed record InvoiceAdjustment(
    [property: Id(0)] string Reason,
    [property: Id(1)] decimal Amount,
    [property: Id(2)] decimal VatRate,
    [property: Id(3)] VatCategory? VatCategory = null);
