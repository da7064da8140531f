using Tms.Domain.Invoices;

namespace Tms.Domain.Ledger;

/// <summary>
/// What events mean for the books. Pure: the same event is always booked alike, and its voucher can be made anew from the log.
/// </summary>
/// <remarks>
/// An event type that is once recorded without a voucher never gets one, and one that is booked is never booked otherwise: the law keeps
/// what stands in the books (bokføringsloven § 9), and a rebuild makes all of it again.
/// </remarks>
public static class Postings
{
    /// <summary>Whether events of a kind of streams are booked.</summary>
    public static bool Follow(string streamType) => streamType == InvoiceDecider.Instance.StreamType;

    /// <summary>The voucher of an event; null for one that means nothing for the books.</summary>
    /// <param name="e">An event of a stream that is followed.</param>
    /// <param name="time">When it was recorded, UTC.</param>
    public static Voucher? Of(object e, DateTimeOffset time) => e is InvoiceEvent invoice ? InvoicePostings.Of(invoice, time) : null;
}
