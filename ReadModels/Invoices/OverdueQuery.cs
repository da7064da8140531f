using Tms.Domain.Invoices;
using Tms.EventStore;

namespace Tms.ReadModels.Invoices;

/// <summary>
/// Reads what fell due from the table <c>invoices</c>: a range of the index <c>invoices_unmarked</c>, which holds nothing else.
/// </summary>
internal sealed class OverdueQuery(IDatabase database) : IOverdueInvoices
{
    // The first three conditions are the index's own, word for word: 1 is sent, 2 partially paid.
    private const string Unmarked = """
        select tenant, id, version, due_date from invoices
        where status in (1, 2) and not is_overdue and outstanding > 0 and due_date < @today
        """;

    private const string Page = "order by due_date, tenant, id limit @limit";

    internal const string First = $"{Unmarked} {Page}";

    public async Task<IReadOnlyList<OverdueCandidate>> Find(DateOnly today, OverdueCandidate? after, int limit, CancellationToken cancel) =>
        after is null
        ? await Read(First, cancel, ("today", today), ("limit", limit))
        : await Read($"{Unmarked} and (due_date, tenant, id) > (@due, @tenant, @id) {Page}", cancel,
            ("today", today), ("limit", limit), ("due", after.DueDate), ("tenant", after.Company), ("id", after.Id));

    private Task<List<OverdueCandidate>> Read(string sql, CancellationToken cancel, params (string, object?)[] parameters) =>
        database.Query(
            sql, r => new OverdueCandidate(r.GetGuid(0), r.GetGuid(1), r.GetInt32(2), DateOnly.FromDayNumber(r.GetInt32(3))), cancel,
            parameters);
}
