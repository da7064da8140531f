using System.Globalization;
using Tms.Domain.Invoices;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class InvoiceTotalsTests
{
    [Theory]
    [InlineData("10.10", "25", "2.53")]
    [InlineData("8.90", "25", "2.23")]
    [InlineData("0.50", "25", "0.13")]
    [InlineData("0.30", "25", "0.08")]
    [InlineData("-10.10", "25", "-2.53")]
    [InlineData("33.33", "15", "5.00")]
    [InlineData("89.20", "12", "10.70")]
    [InlineData("303.48", "15", "45.52")]
    public void VAT_is_rounded_half_away_from_zero(string @base, string rate, string vat) =>
        Assert.Equal(D(vat), VatTotal.Of(VatCategory.S, D(rate), D(@base)).Amount);

    [Fact]
    public void VAT_is_reckoned_per_category_never_per_line()
    {
        var totals = Totals(Some.Input(Some.Line(0.10m), Some.Line(0.10m), Some.Line(0.10m)));
        Assert.Equal((0.30m, 0.08m, 0.38m), (totals.Net, totals.VatAmount, totals.Gross));
    }

    [Theory]
    [InlineData("2.5", "655.55", "1", "0", "1638.88")]
    [InlineData("-2.5", "655.55", "1", "0", "-1638.88")]
    [InlineData("3", "12499.99", "1", "0", "37499.97")]
    [InlineData("7", "89.95", "1", "0", "629.65")]
    [InlineData("1", "10", "3", "0", "3.33")]
    [InlineData("2", "10", "3", "0", "6.67")]
    [InlineData("1", "99.99", "1", "33.3333", "66.66")]
    [InlineData("1", "100", "1", "100", "0")]
    [InlineData("1", "0.005", "1", "0", "0.01")]
    [InlineData("1", "0.0049", "1", "0", "0")]
    [InlineData("-1", "0.005", "1", "0", "-0.01")]
    [InlineData("1", "0.025", "3", "40", "0.01")]
    [InlineData("-1", "0.025", "3", "40", "-0.01")]
    [InlineData("0.0001", "9999999999.99", "1", "0", "1000000")]
    public void A_line_is_rounded_once(string quantity, string price, string per, string discount, string net)
    {
        var line = Some.Line(D(price), D(quantity)) with { PriceBaseQuantity = D(per), DiscountPercent = D(discount) };
        Assert.Equal(D(net), InvoiceTotals.NetOf(line));
    }

    [Fact]
    public void Allowance_and_charge_come_after_the_rounding() =>
        Assert.Equal(1m + 0.02m - 0.50m, InvoiceTotals.NetOf(Some.Line(0.995m) with { Allowance = 0.50m, Charge = 0.02m }));

    [Fact]
    public void The_largest_line_does_not_overflow()
    {
        var line = Some.Line(InvoiceLimits.UnitPrice, InvoiceLimits.Quantity) with { PriceBaseQuantity = InvoiceLimits.MinBaseQuantity };
        Assert.True(InvoiceTotals.NetOf(line) > 1e22m);
        Assert.Equal(-InvoiceTotals.NetOf(line), InvoiceTotals.NetOf(line with { Quantity = -line.Quantity }));
    }

    [Fact]
    public void Invoice_10042_of_the_worked_example()
    {
        var totals = Totals(Invoice10042());
        Assert.Equal(
            [
                new VatTotal(VatCategory.S, 25, 38_638.85m, 9_659.71m),
                new VatTotal(VatCategory.S, 15, 629.65m, 94.45m),
                new VatTotal(VatCategory.S, 12, 4_333.33m, 520.00m),
                new VatTotal(VatCategory.Z, 0, 8_000.00m, 0.00m),
            ],
            totals.Vat);
        Assert.Equal((51_601.83m, 10_274.16m, 61_875.99m, 61_875.99m), (totals.Net, totals.VatAmount, totals.Gross, totals.Payable));
    }

    [Fact]
    public void The_credit_note_of_the_worked_example()
    {
        var totals = Totals(Some.Input(Some.Line(655.55m, 2.5m)));
        Assert.Equal((1_638.88m, 409.72m, 2_048.60m), (totals.Net, totals.VatAmount, totals.Gross));
        Assert.Equal(59_827.39m, Totals(Invoice10042()).Payable - totals.Payable);
    }

    [Fact]
    public void Prepaid_and_rounding_change_what_is_payable_only()
    {
        var totals = Totals(Some.Input(Some.Line(100.39m)) with { Prepaid = 25m, PayableRounding = 0.01m });
        Assert.Equal((100.39m, 125.49m, 100.50m), (totals.Net, totals.Gross, totals.Payable));
    }

    [Fact]
    public void Charges_and_allowances_join_the_group_of_their_rate()
    {
        var input = Some.Input(Some.Line(100), Some.Line(100, vatRate: 12)) with
        {
            Charges = [new InvoiceAdjustment("Gebyr", 10, 12)],
            Allowances = [new InvoiceAdjustment("Rabatt", 5, 25), new InvoiceAdjustment("Eksport", 1, 0, VatCategory.G)],
        };
        Assert.Equal(
            [
                new VatTotal(VatCategory.S, 25, 95, 23.75m),
                new VatTotal(VatCategory.S, 12, 110, 13.20m),
                new VatTotal(VatCategory.G, 0, -1, 0),
            ],
            Totals(input).Vat);
    }

    internal static InvoiceInput Invoice10042() => Some.InputById(
        Some.Line(12_499.99m, 3),
        Some.Line(655.55m, 2.5m),
        Some.Line(4_333.33m, 1, 12),
        Some.Line(89.95m, 7, 15),
        Some.Line(8_000m, 1, 0, VatCategory.Z)) with
    {
        Allowances = [new InvoiceAdjustment("Rabatt", 500m, 25)],
    };

    private static InvoiceTotals Totals(InvoiceInput input) => InvoicePricing.Price(input, sellerVatRegistered: true).Totals;

    private static decimal D(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);
}
