using System.Reflection;
using Tms.Domain.Invoices;
using Tms.Domain.Ledger;
using Xunit;

namespace Tms.Domain.Tests.Ledger;

/// <summary>What the books are made of.</summary>
public sealed class LedgerTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Fact]
    public void A_voucher_that_is_off_by_an_oere_is_none() =>
        Assert.Throws<InvalidOperationException>(() => Voucher.Of(1, VoucherKind.Sale, Day, "x", [new(1500, 100), new(3000, -99)]));

    [Fact]
    public void Lines_that_say_nothing_are_left_out() =>
        Assert.Empty(Voucher.Of(1, VoucherKind.Sale, Day, "x", [new(1500, 0), new(3000, 0, "3")]).Lines);

    [Fact]
    public void Every_account_that_postings_name_is_in_the_chart() =>
        Assert.All(
            typeof(Accounts).GetFields(BindingFlags.Public | BindingFlags.Static),
            field => Assert.NotNull(ChartOfAccounts.Standard.Find((int)field.GetRawConstantValue()!)));

    [Fact]
    public void A_chart_has_each_number_once_and_a_line_of_the_statements_for_each()
    {
        var accounts = ChartOfAccounts.Standard.All;
        Assert.Equal(81, accounts.Count);
        Assert.Equal(accounts.Select(a => a.Number).Distinct(), accounts.Select(a => a.Number));
        Assert.All(accounts, a => Assert.Equal(a.IsBalance, a.StatementLine.Contains('.', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(VatCategory.S, 0)]
    [InlineData(VatCategory.S, 11)]
    [InlineData(VatCategory.Z, 25)]
    public void A_rate_that_a_category_cannot_have_is_not_booked(VatCategory category, int rate) =>
        Assert.Throws<InvalidDataException>(() => SalesVat.OfSale(category, rate));
}
