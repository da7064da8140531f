using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Ledger;

/// <summary>A voucher (bilag): what one event means for the books. Its lines sum to nothing, or there is no voucher.</summary>
public sealed record Voucher
{
    /// <summary>Series without gaps from which each event that is booked draws the number of its voucher.</summary>
    public const string Series = "vouchers";

    private Voucher(long? number, VoucherKind kind, DateOnly date, string text, ImmutableArray<VoucherLine> lines) =>
        (Number, Kind, Date, Text, Lines) = (number, kind, date, text, lines);

    /// <summary>Number in the company's series; null for an event of before the ledger, whose voucher its place in the log names.</summary>
    public long? Number { get; }

    /// <summary>What was booked.</summary>
    public VoucherKind Kind { get; }

    /// <summary>Date that decides the period.</summary>
    public DateOnly Date { get; }

    /// <summary>What it is about, in Norwegian; names nobody.</summary>
    public string Text { get; }

    /// <summary>Lines, none of them empty. A sale of nothing has none.</summary>
    public ImmutableArray<VoucherLine> Lines { get; }

    /// <summary>A voucher of some lines; those that say nothing are left out.</summary>
    /// <exception cref="InvalidOperationException">Debit is not credit: a fault of a posting rule, and nothing may be stored.</exception>
    public static Voucher Of(long? number, VoucherKind kind, DateOnly date, string text, IEnumerable<VoucherLine> lines)
    {
        ImmutableArray<VoucherLine> said = [.. lines.Where(static line => line.Amount != 0 || line.Vat != 0)];
        var off = said.Sum(static line => line.Amount);
        return off == 0
            ? new(number, kind, date, text, said)
            : throw new InvalidOperationException($"A voucher of kind {kind} is {off} øre off: {text}.");
    }
}

/// <summary>A line of a voucher.</summary>
/// <param name="Account">Account number.</param>
/// <param name="Amount">Øre; above 0 is debit, below 0 credit.</param>
/// <param name="VatCode">SAF-T code of what the amount is the base of; null: of nothing.</param>
/// <param name="Vat">VAT of that base, øre, with the sign of the amount; it stands on a line of its own, too.</param>
/// <param name="Party">Customer or supplier whose sub-ledger the line belongs to.</param>
public readonly record struct VoucherLine(int Account, long Amount, string? VatCode = null, long Vat = 0, Guid? Party = null);

/// <summary>What a voucher books. Stored by number: values only come to the end.</summary>
[JsonConverter(typeof(EnumConverter<VoucherKind>))]
public enum VoucherKind
{
    /// <summary>An invoice that was sent (utgående faktura).</summary>
    Sale = 1,

    /// <summary>A payment of a customer (innbetaling).</summary>
    Payment = 2,

    /// <summary>A payment that was taken back.</summary>
    PaymentReversal = 3,
}
