using System.Collections.Immutable;

namespace Tms.Domain.Ledger;

/// <summary>Resultatregnskap by nature, in the order of regnskapsloven § 6-1. Øre; income is above 0, cost below.</summary>
/// <param name="Sections">Parts that have lines, and always revenue.</param>
/// <param name="OperatingResult">Driftsresultat: everything before finance and tax.</param>
/// <param name="Result">Årsresultat.</param>
public sealed record IncomeStatement(ImmutableArray<StatementSection> Sections, long OperatingResult, long Result)
{
    private static readonly (string Name, string Code, string[] Lines)[] Parts =
    [
        ("Driftsinntekter", "revenue", ["1", "2"]), ("Varekostnad", "goods", ["3"]), ("Lønnskostnad", "payroll", ["4"]),
        ("Avskrivninger og nedskrivninger", "depreciation", ["5", "6"]), ("Annen driftskostnad", "other", ["7"]),
        ("Finansposter", "finance", ["9", "10"]), ("Skattekostnad", "tax", ["12"]),
    ];

    private static readonly string[] BelowOperating = ["finance", "tax"];

    /// <summary>The statement of a period's movements.</summary>
    /// <exception cref="InvalidDataException">A movement is on an account that the chart does not have.</exception>
    public static IncomeStatement Of(IReadOnlyCollection<AccountMovement> movements, ChartOfAccounts chart)
    {
        var lines =
            movements.Where(m => m.Account >= 3000 && m.Net != 0).Select(m => (Account: chart.Of(m.Account), Amount: -m.Net)).ToList();
        ImmutableArray<StatementSection> sections =
        [
            .. Parts.Select(
                part => StatementSection.Of(part.Name, part.Code, lines.Where(l => part.Lines.Contains(l.Account.StatementLine))))
                .Where(section => section.Lines.Length > 0 || section.Code == "revenue"),
        ];
        return new(
            sections, sections.Where(s => !BelowOperating.Contains(s.Code)).Sum(s => s.Total), sections.Sum(s => s.Total));
    }
}

/// <summary>A part of a statement.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="Lines">Accounts with an amount, by number.</param>
/// <param name="Total">Sum of the lines, øre.</param>
public sealed record StatementSection(string Code, string Name, ImmutableArray<StatementLine> Lines, long Total)
{
    internal static StatementSection Of(string name, string code, IEnumerable<(Account Account, long Amount)> lines)
    {
        ImmutableArray<StatementLine> all =
            [.. lines.Select(line => new StatementLine(line.Account.Number, line.Account.Name, line.Amount))];
        return new(code, name, all, all.Sum(line => line.Amount));
    }
}

/// <summary>A line of a statement.</summary>
/// <param name="Account">Account number; null for a result that no account holds yet.</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="Amount">Øre.</param>
public sealed record StatementLine(int? Account, string Name, long Amount);
