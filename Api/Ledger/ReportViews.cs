using Tms.Domain.Ledger;
using Tms.Domain.Shared;

namespace Tms.Api.Ledger;

/// <summary>Income statement of a period. Kroner; income is above 0, cost below.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="AsOf">Moment up to which what was booked counts, UTC.</param>
/// <param name="Sections">Parts that have lines, and always revenue.</param>
/// <param name="OperatingResult">Before finance and tax.</param>
/// <param name="Result">Result of the period.</param>
public sealed record IncomeView(
    DateOnly From, DateOnly To, DateTimeOffset AsOf, IReadOnlyList<SectionView> Sections, decimal OperatingResult, decimal Result)
{
    internal static IncomeView Of((DateOnly From, DateOnly To) period, DateTimeOffset asOf, IncomeStatement income) => new(
        period.From, period.To, asOf, [.. income.Sections.Select(SectionView.Of)], Money.FromOre(income.OperatingResult),
        Money.FromOre(income.Result));
}

/// <summary>Balance at the end of a day. Kroner.</summary>
/// <param name="Date">The day.</param>
/// <param name="AsOf">Moment up to which what was booked counts, UTC.</param>
/// <param name="Assets">What the company has.</param>
/// <param name="Equity">What is the owners', with the result that was not moved there yet.</param>
/// <param name="Liabilities">What the company owes.</param>
/// <param name="Balanced">Whether assets are equity and liabilities, to the øre.</param>
public sealed record BalanceView(
    DateOnly Date, DateTimeOffset AsOf, SectionView Assets, SectionView Equity, SectionView Liabilities, bool Balanced)
{
    internal static BalanceView Of(DateOnly date, DateTimeOffset asOf, BalanceSheet sheet) => new(
        date, asOf, SectionView.Of(sheet.Assets), SectionView.Of(sheet.Equity), SectionView.Of(sheet.Liabilities), sheet.IsBalanced);
}

/// <summary>A part of a statement. Kroner.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="Lines">Accounts with an amount.</param>
/// <param name="Total">Their sum.</param>
public sealed record SectionView(string Code, string Name, IReadOnlyList<StatementLineView> Lines, decimal Total)
{
    internal static SectionView Of(StatementSection section) => new(
        section.Code, section.Name, [.. section.Lines.Select(l => new StatementLineView(l.Account, l.Name, Money.FromOre(l.Amount)))],
        Money.FromOre(section.Total));
}

/// <summary>A line of a statement.</summary>
/// <param name="Account">Account number; null for a result that no account holds yet.</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="Amount">Kroner.</param>
public sealed record StatementLineView(int? Account, string Name, decimal Amount);

/// <summary>Trial balance (saldobalanse) of a period. Kroner.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="AsOf">Moment up to which what was booked counts, UTC.</param>
/// <param name="Lines">Accounts with a line up to the last day.</param>
/// <param name="Debit">Sum of all debit lines of the period.</param>
/// <param name="Credit">Sum of all credit lines of the period: the same.</param>
public sealed record TrialBalanceView(
    DateOnly From, DateOnly To, DateTimeOffset AsOf, IReadOnlyList<TrialBalanceLineView> Lines, decimal Debit, decimal Credit)
{
    internal static TrialBalanceView Of(
        (DateOnly From, DateOnly To) period, DateTimeOffset asOf, IReadOnlyList<AccountMovement> movements, ChartOfAccounts chart) => new(
        period.From, period.To, asOf, [.. movements.Select(m => TrialBalanceLineView.Of(m, chart.Of(m.Account)))],
        Money.FromOre(movements.Sum(m => m.Debit)), Money.FromOre(movements.Sum(m => m.Credit)));
}

/// <summary>An account in a trial balance. Kroner; balances above 0 are debit.</summary>
/// <param name="Account">Account number.</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="Opening">Balance when the period began.</param>
/// <param name="Debit">Debit lines of the period.</param>
/// <param name="Credit">Credit lines of the period.</param>
/// <param name="Closing">Balance when the period ended.</param>
public sealed record TrialBalanceLineView(int Account, string Name, decimal Opening, decimal Debit, decimal Credit, decimal Closing)
{
    internal static TrialBalanceLineView Of(AccountMovement m, Account account) => new(
        m.Account, account.Name, Money.FromOre(m.Opening), Money.FromOre(m.Debit), Money.FromOre(m.Credit), Money.FromOre(m.Closing));
}
