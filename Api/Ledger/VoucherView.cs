using System.Text.Json.Serialization;
using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.ReadModels.Ledger;

namespace Tms.Api.Ledger;

/// <summary>A voucher (bilag): what one event means for the books.</summary>
/// <param name="Id">Id of the event that it books.</param>
/// <param name="Number">Number in the company's series without gaps; null for an event of before the ledger.</param>
/// <param name="Kind">sale, payment or paymentReversal.</param>
/// <param name="Date">Date that decides the period.</param>
/// <param name="Text">What it is about.</param>
/// <param name="SubjectId">The aggregate whose event it is: the invoice.</param>
/// <param name="CreatedAt">When it was booked, UTC.</param>
/// <param name="Lines">Lines; debit and credit sum to the same.</param>
public sealed record VoucherView(
    Guid Id, long? Number, VoucherKind Kind, DateOnly Date, string Text, Guid SubjectId, DateTimeOffset CreatedAt,
    IReadOnlyList<VoucherLineView> Lines)
{
    internal static VoucherView Of(VoucherRow row) => new(
        row.Id, row.Number, row.Kind, row.Date, row.Text, row.Stream, row.CreatedAt, [.. row.Lines.Select(VoucherLineView.Of)]);
}

/// <summary>An entry of the ledger: a voucher in short.</summary>
/// <param name="Voucher">Number of the voucher; null for an event of before the ledger.</param>
/// <param name="Date">Date that decides the period.</param>
/// <param name="Text">What it is about.</param>
/// <param name="EventId">The event that is booked, and the voucher's id.</param>
/// <param name="Lines">Lines; debit and credit sum to the same.</param>
public sealed record LedgerEntryView(long? Voucher, DateOnly Date, string Text, Guid EventId, IReadOnlyList<VoucherLineView> Lines)
{
    internal static LedgerEntryView Of(VoucherRow row) =>
        new(row.Number, row.Date, row.Text, row.Id, [.. row.Lines.Select(VoucherLineView.Of)]);
}

/// <summary>A line of a voucher. Kroner.</summary>
/// <param name="Account">Account number.</param>
/// <param name="Debit">Debit; 0 on a credit line.</param>
/// <param name="Credit">Credit; 0 on a debit line.</param>
/// <param name="VatCode">SAF-T code of what the line is the base of; null: of nothing.</param>
/// <param name="VatAmount">VAT of that base, which stands on a line of its own; null without a code.</param>
/// <param name="PartyId">Customer or supplier; null: none that is registered.</param>
public sealed record VoucherLineView(
    int Account, decimal Debit, decimal Credit, string? VatCode,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] decimal? VatAmount,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? PartyId)
{
    internal static VoucherLineView Of(VoucherLine line) => new(
        line.Account, Money.FromOre(Math.Max(line.Amount, 0)), Money.FromOre(Math.Max(-line.Amount, 0)), line.VatCode,
        line.VatCode is null ? null : Money.FromOre(Math.Abs(line.Vat)), line.Party);
}

/// <summary>An account.</summary>
/// <param name="Number">Account number (NS 4102).</param>
/// <param name="Name">Norwegian name.</param>
/// <param name="EnglishName">English name.</param>
/// <param name="VatCode">SAF-T code that lines have unless they say another; null: none.</param>
/// <param name="StatementLine">Line of the income statement or of the balance.</param>
public sealed record AccountView(int Number, string Name, string EnglishName, string? VatCode, string StatementLine)
{
    internal static AccountView Of(Account account) =>
        new(account.Number, account.Name, account.EnglishName, account.VatCode, account.StatementLine);
}
