namespace Tms.Domain.Ledger;

/// <summary>An account of the general ledger.</summary>
/// <param name="Number">
/// Four digits by NS 4102: 1 assets, 2 equity and debt, 3 revenue, 4 purchases, 5 payroll, 6–7 other cost, 8 finance and result.
/// </param>
/// <param name="Name">Norwegian name.</param>
/// <param name="EnglishName">English name.</param>
/// <param name="Grouping">What SAF-T Financial 1.30 files it under (GroupingCategory and GroupingCode of the næringsspesifikasjon).</param>
/// <param name="VatCode">SAF-T code that lines on the account have unless they say another; null: none.</param>
/// <param name="StatementLine">
/// Line of the income statement (1 … 14) or of the balance (<c>B.II</c>), regnskapsloven §§ 6-1 and 6-2.
/// </param>
public sealed record Account(
    int Number, string Name, string EnglishName, (string Category, string Code) Grouping, string? VatCode, string StatementLine)
{
    /// <summary>Whether the account belongs to the balance; else to the income statement.</summary>
    public bool IsBalance => Number < 3000;
}
