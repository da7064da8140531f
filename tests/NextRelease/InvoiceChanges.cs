using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.NextRelease;

/// <summary>Counts an invoice's events: a row that is wrong when one of them is missing or is folded twice.</summary>
public sealed class InvoiceChanges(EventCatalog catalog) : IInlineProjection
{
    public ReadModelTable Table { get; } = new("invoice_changes",
    [
        new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("changes", ColumnType.Int), new("last", ColumnType.Text),
        new("paid", ColumnType.Long),
    ]);

    public bool ReadsRow => true;

    public bool Follows(string streamType) => streamType == "invoices";

    public object?[] Apply(object?[]? row, RecordedEvent recorded)
    {
        var e = (InvoiceEvent)catalog.Decode(recorded.Type, recorded.SchemaVersion, recorded.Data.Span);
        return [recorded.Tenant.Value, recorded.Stream.Id, (int)(row?[2] ?? 0) + 1, recorded.Type, Money.ToOre(e.Summary.Totals.Paid)];
    }
}
