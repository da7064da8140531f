using System.Data.Common;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Invoices;

/// <summary>Lists of invoices.</summary>
public sealed class InvoiceList(IDatabase database)
{
    private const string Columns =
        "id, created_seq, created_us, updated_us, version, status, is_overdue, number, kid, customer_id, customer_name, issue_date, "
            + "due_date, currency, reference, net, vat, gross, payable, paid, outstanding";

    /// <summary>One page of a company's invoices.</summary>
    public async Task<Page<InvoiceRow>> Find(
        TenantId tenant, InvoiceFilter filter, InvoiceOrder order, PageRequest page, CancellationToken cancel) =>
        await (await Filtered(tenant, filter, cancel))
            .Find(database, OrderOf(order), page, Row, row => new Keyset(ValueOf(order.By, row), row.CreatedSequence), cancel);

    /// <summary>How many invoices a filter lets through.</summary>
    public async Task<long> Count(TenantId tenant, InvoiceFilter filter, CancellationToken cancel) =>
        await (await Filtered(tenant, filter, cancel)).Count(database, cancel);

    private async Task<ListQuery> Filtered(TenantId tenant, InvoiceFilter filter, CancellationToken cancel)
    {
        var query = new ListQuery("invoices", Columns, tenant)
            .Where("status = @status", "status", (int?)filter.Status)
            .Where("is_overdue = @overdue", "overdue", filter.Overdue)
            .Where("customer_id = @customer", "customer", filter.CustomerId)
            .Where("issue_date >= @from", "from", filter.From)
            .Where("issue_date <= @to", "to", filter.To)
            .Where("due_date >= @dueFrom", "dueFrom", filter.DueFrom)
            .Where("due_date <= @dueTo", "dueTo", filter.DueTo)
            .Where("gross >= @min", "min", Ore(filter.MinAmount))
            .Where("gross <= @max", "max", Ore(filter.MaxAmount));
        if (filter.Search is not { } text || SearchText.Of(text) is not { Length: > 0 } prefix) return query;
        (string, object?)[] range = [("q", prefix), ("qEnd", SearchText.After(prefix))];
        return (await IsWide(tenant, range, cancel) ? query : query.And(Found)).And(Matches, range);
    }

    /// <summary>
    /// Whether so much begins with a prefix that to gather it costs more than to go through the list until a page is full.
    /// </summary>
    private async Task<bool> IsWide(TenantId tenant, (string, object?)[] range, CancellationToken cancel) => (await database.Query(
        $"select 1 from invoice_terms t where {Terms} limit 1 offset @most", _ => 1, cancel,
        [("tenant", tenant.Value), ("most", MostGathered), .. range])).Count > 0;

    private const int MostGathered = 5000;

    private const string Terms = "t.tenant = @tenant and t.term >= @q and t.term < @qEnd";

    /// <summary>Where to look, as the terms say; the row itself decides, for a draft's customer may have changed since.</summary>
    private const string Found = $"id in (select t.id from invoice_terms t where {Terms})";

    /// <summary>
    /// A number has no column of text in the order of code points: its beginning is compared, which no database orders its own way.
    /// </summary>
    private const string Matches =
        "((search_name >= @q and search_name < @qEnd) or (kid >= @q and kid < @qEnd) or substr(cast(number as text), 1, length(@q)) = @q)";

    private static long? Ore(decimal? amount) => amount is { } kroner ? Money.ToOre(kroner) : null;

    private static ListOrder OrderOf(InvoiceOrder order) => order.By switch
    {
        InvoiceSort.Number => new("number", order.Descending, IsUnique: true),
        InvoiceSort.IssueDate => new("issue_date", order.Descending),
        InvoiceSort.DueDate => new("due_date", order.Descending),
        InvoiceSort.Total => new("gross", order.Descending),
        _ => new(null, order.Descending),
    };

    private static long? ValueOf(InvoiceSort sort, InvoiceRow row) => sort switch
    {
        InvoiceSort.Number => row.Number,
        InvoiceSort.IssueDate => row.IssueDate?.DayNumber,
        InvoiceSort.DueDate => row.DueDate?.DayNumber,
        InvoiceSort.Total => Money.ToOre(row.Gross),
        _ => null,
    };

    private static InvoiceRow Row(DbDataReader r) => new()
    {
        Id = r.GetGuid(0),
        CreatedSequence = r.GetInt64(1),
        CreatedAt = Micros.ToTime(r.GetInt64(2)),
        UpdatedAt = Micros.ToTime(r.GetInt64(3)),
        Version = r.GetInt32(4),
        Status = (InvoiceStatus)r.GetInt32(5),
        IsOverdue = r.GetBoolean(6),
        Number = r.IsDBNull(7) ? null : r.GetInt64(7),
        Kid = r.IsDBNull(8) ? null : r.GetString(8),
        CustomerId = r.IsDBNull(9) ? null : r.GetGuid(9),
        CustomerName = r.GetString(10),
        IssueDate = r.IsDBNull(11) ? null : DateOnly.FromDayNumber(r.GetInt32(11)),
        DueDate = r.IsDBNull(12) ? null : DateOnly.FromDayNumber(r.GetInt32(12)),
        Currency = r.GetString(13),
        Reference = r.IsDBNull(14) ? null : r.GetString(14),
        Net = Money.FromOre(r.GetInt64(15)),
        VatAmount = Money.FromOre(r.GetInt64(16)),
        Gross = Money.FromOre(r.GetInt64(17)),
        Payable = Money.FromOre(r.GetInt64(18)),
        Paid = Money.FromOre(r.GetInt64(19)),
        Outstanding = Money.FromOre(r.GetInt64(20)),
    };
}
