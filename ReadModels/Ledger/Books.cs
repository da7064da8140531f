using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Ledger;

/// <summary>The voucher of a recorded event.</summary>
internal static class Books
{
    /// <summary>The voucher of an event; null for one that is not booked.</summary>
    public static Voucher? VoucherOf(this EventCatalog catalog, RecordedEvent recorded) =>
        Postings.Of(catalog.EventOf<object>(recorded), recorded.Time);

    /// <summary>A month as one number that orders: year × 12 + month − 1.</summary>
    public static int MonthOf(DateOnly date) => (date.Year * 12) + date.Month - 1;
}
