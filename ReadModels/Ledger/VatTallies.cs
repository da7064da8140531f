using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.ReadModels.Ledger;

/// <summary>Adds each line with a VAT code to its code and month in the table <c>vat_months</c>: what a VAT return is made of.</summary>
internal sealed class VatTallies(EventCatalog catalog) : IInlineTallies
{
    public ReadModelTable Table { get; } = new("vat_months",
    [
        new("tenant", ColumnType.Uuid), new("code", ColumnType.Text), new("month", ColumnType.Int), new("base", ColumnType.Long),
        new("vat", ColumnType.Long),
    ], KeyColumns: 3);

    public bool Follows(string streamType) => Postings.Follow(streamType);

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) => catalog.VoucherOf(recorded) is { } voucher
        ? [.. voucher.Lines.Where(line => line.VatCode is not null).Select(line => Row(recorded, voucher.Date, line))]
        : [];

    private static object?[] Row(RecordedEvent recorded, DateOnly date, VoucherLine line) =>
        [recorded.Tenant.Value, line.VatCode, Books.MonthOf(date), line.Amount, line.Vat];
}
