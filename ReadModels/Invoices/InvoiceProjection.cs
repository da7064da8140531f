using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Invoices;

/// <summary>Keeps the table <c>invoices</c>: every invoice event carries the invoice in short.</summary>
internal sealed class InvoiceProjection(EventCatalog catalog) : StreamProjection<InvoiceEvent>(catalog, "invoices", Invoices)
{
    public static readonly ReadModelTable Invoices = new("invoices",
    [
        new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("created_seq", ColumnType.Long, Kept: true),
        new("created_us", ColumnType.Long, Kept: true), new("updated_us", ColumnType.Long), new("version", ColumnType.Int),
        new("status", ColumnType.Int), new("is_overdue", ColumnType.Bool),
        new("number", ColumnType.Long), new("kid", ColumnType.Text), new("customer_id", ColumnType.Uuid),
        new("customer_name", ColumnType.Text),
        new("search_name", ColumnType.Text), new("issue_date", ColumnType.Date), new("due_date", ColumnType.Date),
        new("currency", ColumnType.Text),
        new("reference", ColumnType.Text), new("net", ColumnType.Long), new("vat", ColumnType.Long), new("gross", ColumnType.Long),
        new("payable", ColumnType.Long), new("paid", ColumnType.Long), new("outstanding", ColumnType.Long),
    ]);

    /// <summary>Every event carries all of it.</summary>
    public override bool ReadsRow => false;

    protected override object?[] Apply(object?[]? row, InvoiceEvent e, RecordedEvent recorded)
    {
        var now = e.Summary;
        return
        [
            recorded.Tenant.Value, recorded.Stream.Id, recorded.Sequence.Value, recorded.TimeMicros,
            recorded.TimeMicros, recorded.Version.Value, (int)now.Status, now.IsOverdue,
            now.Number, now.Kid, now.Customer.Id, now.Customer.Name,
            SearchText.Of(now.Customer.Name), now.IssueDate, now.DueDate, now.Currency,
            now.Reference, Money.ToOre(now.Totals.Net), Money.ToOre(now.Totals.VatAmount), Money.ToOre(now.Totals.Gross),
            Money.ToOre(now.Totals.Payable), Money.ToOre(now.Totals.Paid), Money.ToOre(now.Totals.Outstanding),
        ];
    }
}
