using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Ledger;

/// <summary>Adds the lines of each voucher to the table <c>ledger_lines</c>.</summary>
internal sealed class LedgerEntries(EventCatalog catalog) : IInlineEntries
{
    private const int Amount = 6;

    public ReadModelTable Table { get; } = new("ledger_lines",
    [
        new("tenant", ColumnType.Uuid), new("created_seq", ColumnType.Long), new("line", ColumnType.Int),
        new("stream_id", ColumnType.Uuid), new("date", ColumnType.Date), new("account", ColumnType.Int), new("amount", ColumnType.Long),
        new("vat_code", ColumnType.Text), new("vat", ColumnType.Long), new("party", ColumnType.Uuid),
    ], KeyColumns: 3, StreamColumn: 3);

    public Repetition Repetition => Repetition.Error;

    public bool Follows(string streamType) => Postings.Follow(streamType);

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) => catalog.VoucherOf(recorded) is { } voucher
        ? [.. voucher.Lines.Select((line, i) => Row(recorded, voucher.Date, line, i + 1))]
        : [];

    /// <summary>Checked over what is written, not over what was meant.</summary>
    public string? Fault(RecordedEvent recorded, IReadOnlyList<object?[]> rows) =>
        rows.Sum(static row => (long)row[Amount]!) is var off and not 0 ? $"Debit is not credit: {off} øre off." : null;

    private static object?[] Row(RecordedEvent recorded, DateOnly date, VoucherLine line, int number) =>
    [
        recorded.Tenant.Value, recorded.Sequence.Value, number, recorded.Stream.Id, date, line.Account, line.Amount, line.VatCode,
        line.Vat, line.Party,
    ];
}
