namespace Tms.Domain.Ledger;

/// <summary>Balanse at the end of a day (regnskapsloven § 6-2). Øre; each side above 0 as it should be.</summary>
/// <param name="Assets">Eiendeler.</param>
/// <param name="Equity">Egenkapital, with the result that was not moved to it yet.</param>
/// <param name="Liabilities">Gjeld.</param>
public sealed record BalanceSheet(StatementSection Assets, StatementSection Equity, StatementSection Liabilities)
{
    /// <summary>Whether assets are equity and liabilities, to the øre.</summary>
    public bool IsBalanced => Assets.Total == Equity.Total + Liabilities.Total;

    /// <summary>The balance of what accounts hold at the end of a day.</summary>
    /// <exception cref="InvalidDataException">A balance is on an account that the chart does not have.</exception>
    public static BalanceSheet Of(IReadOnlyCollection<AccountMovement> movements, ChartOfAccounts chart)
    {
        var held = movements.Where(m => m.Closing != 0).Select(m => (Account: chart.Of(m.Account), Amount: m.Closing)).ToList();
        var result = -held.Where(h => !h.Account.IsBalance).Sum(h => h.Amount);
        return new(
            Side("AB", 1, "Eiendeler", "assets"), With(Side("C", -1, "Egenkapital", "equity"), result),
            Side("D", -1, "Gjeld", "liabilities"));

        StatementSection Side(string parts, int sign, string name, string code) => StatementSection.Of(
            name, code,
            held.Where(h => h.Account.IsBalance && parts.Contains(h.Account.StatementLine[0])).Select(h => (h.Account, sign * h.Amount)));
    }

    private static StatementSection With(StatementSection equity, long result) => result == 0
        ? equity
        : equity with { Lines = [.. equity.Lines, new(null, "Udisponert resultat", result)], Total = equity.Total + result };
}
