namespace Tms.Domain.Invoices;

/// <summary>The rates of Norwegian VAT, percent: 25 in general, 15 food, 12 passenger transport, 0.</summary>
public static class VatRates
{
    /// <summary>Whether there is such a rate.</summary>
    public static bool IsKnown(decimal rate) => rate is 25m or 15m or 12m or 0m;

    /// <summary>The rate written in one way: 25.00 is 25.</summary>
    internal static decimal Canonical(decimal rate) => rate switch { 25m => 25m, 15m => 15m, 12m => 12m, 0m => 0m, _ => rate };
}
