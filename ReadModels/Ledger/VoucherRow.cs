using Tms.Domain.Ledger;

namespace Tms.ReadModels.Ledger;

/// <summary>A voucher in a list, with its lines.</summary>
/// <param name="Id">Id of the event that it books.</param>
/// <param name="CreatedSequence">Place of that event in the company's log.</param>
/// <param name="Number">Number in the company's series; null for events of before the ledger.</param>
/// <param name="Kind">What was booked.</param>
/// <param name="Date">Date that decides the period.</param>
/// <param name="Text">What it is about.</param>
/// <param name="Stream">The aggregate whose event it is, e.g. the invoice.</param>
/// <param name="CreatedAt">When it was booked, UTC.</param>
/// <param name="Lines">Its lines, in order.</param>
public sealed record VoucherRow(
    Guid Id, long CreatedSequence, long? Number, VoucherKind Kind, DateOnly Date, string Text, Guid Stream, DateTimeOffset CreatedAt,
    IReadOnlyList<VoucherLine> Lines);

/// <summary>What a list of vouchers is narrowed to; null narrows nothing.</summary>
/// <param name="From">Dated on this day or later.</param>
/// <param name="To">Dated on this day or earlier.</param>
/// <param name="Account">With a line on this account.</param>
/// <param name="Kind">Of this kind.</param>
/// <param name="Stream">Of the events of this aggregate.</param>
public sealed record VoucherFilter(
    DateOnly? From = null, DateOnly? To = null, int? Account = null, VoucherKind? Kind = null, Guid? Stream = null);

/// <summary>What vouchers can be ordered by.</summary>
public enum VoucherSort
{
    /// <summary>When they were booked.</summary>
    CreatedAt,

    /// <summary>Date.</summary>
    Date,

    /// <summary>Number; those without come last.</summary>
    Number,
}
