using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Ledger;

/// <summary>Adds a row to the table <c>vouchers</c> for each event that is booked.</summary>
internal sealed class VoucherEntries(EventCatalog catalog) : IInlineEntries
{
    public ReadModelTable Table { get; } = new("vouchers",
    [
        new("tenant", ColumnType.Uuid), new("created_seq", ColumnType.Long), new("id", ColumnType.Uuid), new("stream_id", ColumnType.Uuid),
        new("number", ColumnType.Long), new("kind", ColumnType.Int), new("date", ColumnType.Date), new("text", ColumnType.Text),
        new("created_us", ColumnType.Long),
    ], StreamColumn: 3);

    public Repetition Repetition => Repetition.Error;

    public bool Follows(string streamType) => Postings.Follow(streamType);

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) => catalog.VoucherOf(recorded) is { } voucher
        ?
        [
            [
                recorded.Tenant.Value, recorded.Sequence.Value, recorded.Id, recorded.Stream.Id, voucher.Number, (int)voucher.Kind,
                voucher.Date, voucher.Text, recorded.TimeMicros,
            ],
        ]
        : [];
}
