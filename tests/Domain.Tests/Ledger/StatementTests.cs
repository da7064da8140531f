using Tms.Domain.Ledger;
using Xunit;

namespace Tms.Domain.Tests.Ledger;

/// <summary>A whole month's books, worked by hand: what the statements must say of them.</summary>
public sealed class StatementTests
{
    // Account, opening, movement: November 2026 of a carrier, with opening balances, sales, bills, payroll, depreciation and a loan.
    private static readonly AccountMovement[] Month =
    [
        Of(1230, 480_000_00, -10_000_00), Of(1500, 0, 61_875_99, 2_048_60 + 59_827_39), Of(1920, 100_000_00, 59_827_39, 53_000_00),
        Of(1950, 0, 14_195_00), Of(2000, -30_000_00, 0), Of(2050, -150_000_00, 0), Of(2220, -400_000_00, 8_000_00),
        Of(2400, 0, 1_250_00, 7_500_00), Of(2600, 0, 0, 14_195_00), Of(2700, 0, 409_72, 9_659_71), Of(2701, 0, 0, 94_45),
        Of(2703, 0, 0, 520_00), Of(2710, 0, 1_500_00), Of(2770, 0, 0, 5_886_75), Of(2780, 0, 0, 706_41),
        Of(2930, 0, 27_555_00, 27_555_00), Of(2940, 0, 0, 5_010_00), Of(3000, 0, 1_638_88, 38_638_85), Of(3010, 0, 0, 629_65),
        Of(3020, 0, 0, 4_333_33), Of(3100, 0, 0, 8_000_00), Of(5000, 0, 40_000_00), Of(5010, 0, 1_750_00), Of(5180, 0, 5_010_00),
        Of(5400, 0, 5_886_75), Of(5405, 0, 706_41), Of(6010, 0, 10_000_00), Of(7000, 0, 1_000_00), Of(7020, 0, 5_000_00),
        Of(8150, 0, 2_000_00),
    ];

    [Fact]
    public void The_income_statement_of_the_month()
    {
        var income = IncomeStatement.Of(Month, ChartOfAccounts.Standard);
        Assert.Equal(
            [
                ("revenue", 49_962_95), ("payroll", -53_353_16), ("depreciation", -10_000_00), ("other", -6_000_00), ("finance", -2_000_00),
            ],
            income.Sections.Select(section => (section.Code, section.Total)));
        Assert.Equal((-19_390_21, -21_390_21), (income.OperatingResult, income.Result));
    }

    [Fact]
    public void The_balance_at_its_end()
    {
        var sheet = BalanceSheet.Of(Month, ChartOfAccounts.Standard);
        Assert.True(sheet.IsBalanced);
        Assert.Equal((591_022_39, 158_609_79), (sheet.Assets.Total, sheet.Equity.Total));
        Assert.Equal(392_000_00 + 40_412_60, sheet.Liabilities.Total);
        Assert.Equal(new StatementLine(null, "Udisponert resultat", -21_390_21), sheet.Equity.Lines[^1]);
    }

    [Fact]
    public void Books_without_a_line_have_statements_of_nothing()
    {
        Assert.Equal(0, IncomeStatement.Of([], ChartOfAccounts.Standard).Result);
        Assert.Equal("revenue", Assert.Single(IncomeStatement.Of([], ChartOfAccounts.Standard).Sections).Code);
        Assert.True(BalanceSheet.Of([], ChartOfAccounts.Standard).IsBalanced);
    }

    [Fact]
    public void An_account_that_nobody_knows_is_no_line_that_is_left_out() =>
        Assert.Throws<InvalidDataException>(() => IncomeStatement.Of([Of(3999, 0, 1_00)], ChartOfAccounts.Standard));

    private static AccountMovement Of(int account, long opening, long net) =>
        new(account, opening, Math.Max(net, 0), Math.Max(-net, 0));

    private static AccountMovement Of(int account, long opening, long debit, long credit) => new(account, opening, debit, credit);
}
