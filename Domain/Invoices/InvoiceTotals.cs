using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>The sums of an invoice by EN 16931: VAT per category and rate, never per line. Kroner.</summary>
[GenerateSerializer, Immutable, Alias("tms.invoices.totals")]
public sealed record InvoiceTotals
{
    /// <summary>No lines, no sums.</summary>
    public static readonly InvoiceTotals Zero = new();

    /// <summary>Everything before VAT: the sum of the bases.</summary>
    [Id(0)]
    public decimal Net { get; init; }

    /// <summary>Per category and rate; categories in the order of <see cref="VatCategory"/>, the highest rate first.</summary>
    [Id(1)]
    public ImmutableArray<VatTotal> Vat { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The sum of the VAT amounts.</summary>
    [Id(2)]
    public decimal VatAmount { get; init; }

    /// <summary>Net and VAT.</summary>
    [Id(3)]
    public decimal Gross { get; init; }

    /// <summary>Already paid before the invoice.</summary>
    [Id(4)]
    public decimal Prepaid { get; init; }

    /// <summary>Added to reach whole kroner.</summary>
    [Id(5)]
    public decimal PayableRounding { get; init; }

    /// <summary>Gross less what is prepaid, rounded as said.</summary>
    [Id(6)]
    public decimal Payable { get; init; }

    /// <summary>
    /// The sums of an invoice whose lines carry their net and their category. Exact; does not overflow within <see cref="InvoiceLimits"/>.
    /// </summary>
    public static InvoiceTotals Of(InvoiceInput input)
    {
        var vat = VatOf(input);
        var (net, vatAmount) = (0m, 0m);
        foreach (var group in vat) (net, vatAmount) = (net + group.Base, vatAmount + group.Amount);

        return new InvoiceTotals
        {
            Net = net,
            Vat = vat,
            VatAmount = vatAmount,
            Gross = net + vatAmount,
            Prepaid = input.Prepaid,
            PayableRounding = input.PayableRounding,
            Payable = net + vatAmount - input.Prepaid + input.PayableRounding,
        };
    }

    /// <summary>A line before VAT: quantity × price / base × (1 − discount), rounded once, less the allowance, and the charge.</summary>
    /// <remarks>
    /// In whole ten-thousandths, because a division before the last step would lose the ties that rounding is about:
    /// 0.025 / 3 × 0.6 is exactly half an øre.
    /// </remarks>
    public static decimal NetOf(InvoiceLine line)
    {
        var dividend = Scaled(line.Quantity) * Scaled(line.UnitPrice) * Scaled(100m - line.DiscountPercent);
        var divisor = Scaled(line.PriceBaseQuantity) * 100_000_000;
        return (decimal)DivideAwayFromZero(dividend, divisor) / 100m - line.Allowance + line.Charge;
    }

    private static Int128 Scaled(decimal value) => (Int128)(value * 10_000m);

    private static Int128 DivideAwayFromZero(Int128 dividend, Int128 divisor)
    {
        var half = divisor * Int128.Sign(dividend);
        return (2 * dividend + half) / (2 * divisor);
    }

    private static ImmutableArray<VatTotal> VatOf(InvoiceInput input)
    {
        var bases = new Dictionary<(VatCategory Category, decimal Rate), decimal>();
        void Add(VatCategory? category, decimal rate, decimal amount) =>
            CollectionsMarshal.GetValueRefOrAddDefault(bases, (category!.Value, rate), out _) += amount;

        foreach (var line in input.Lines) Add(line.VatCategory, line.VatRate, line.Net);
        foreach (var allowance in input.Allowances) Add(allowance.VatCategory, allowance.VatRate, -allowance.Amount);
        foreach (var charge in input.Charges) Add(charge.VatCategory, charge.VatRate, charge.Amount);

        var totals = bases.Select(b => VatTotal.Of(b.Key.Category, b.Key.Rate, b.Value)).ToArray();
        Array.Sort(totals, static (a, b) => a.Category != b.Category ? a.Category.CompareTo(b.Category) : b.Rate.CompareTo(a.Rate));
        return ImmutableCollectionsMarshal.AsImmutableArray(totals);
    }
}

/// <summary>The VAT of one category and rate.</summary>
/// <param name="Category">EN 16931's category.</param>
/// <param name="Rate">Percent.</param>
/// <param name="Base">What it is reckoned of, kroner.</param>
/// <param name="Amount">The VAT, kroner: rounded once for the whole group.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.vat-total")]
public sealed record VatTotal(
    [property: Id(0)] VatCategory Category,
    [property: Id(1)] decimal Rate,
    [property: Id(2)] decimal Base,
    [property: Id(3)] decimal Amount)
{
    /// <summary>The VAT of a base: rounded half away from zero.</summary>
    public static VatTotal Of(VatCategory category, decimal rate, decimal @base) =>
        new(category, rate, @base, Money.Round(@base * rate / 100m));
}
