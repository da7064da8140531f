using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Ledger;

/// <summary>
/// Adds each line to its account and month in the table <c>account_months</c>: reports over years read some hundred rows.
/// </summary>
internal sealed class AccountTallies(EventCatalog catalog) : IInlineTallies
{
    public ReadModelTable Table { get; } = new("account_months",
    [
        new("tenant", ColumnType.Uuid), new("account", ColumnType.Int), new("month", ColumnType.Int), new("debit", ColumnType.Long),
        new("credit", ColumnType.Long),
    ], KeyColumns: 3);

    public bool Follows(string streamType) => Postings.Follow(streamType);

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) => catalog.VoucherOf(recorded) is { } voucher
        ? [.. voucher.Lines.Where(line => line.Amount != 0).Select(line => Row(recorded, voucher.Date, line))]
        : [];

    private static object?[] Row(RecordedEvent recorded, DateOnly date, VoucherLine line) =>
        [recorded.Tenant.Value, line.Account, Books.MonthOf(date), Math.Max(line.Amount, 0), Math.Max(-line.Amount, 0)];
}
