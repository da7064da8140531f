using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Lists;

/// <summary>What a list of invoices must show, said once more in LINQ over the states.</summary>
internal static class InvoiceModel
{
    public static Guid[] Expected(Office office, InvoiceFilter filter, InvoiceOrder order)
    {
        var rows = office.Invoices.Where(i => Matches(i, filter))
            .Select(i => (i.Id, Value: ValueOf(order.By, i), Sequence: office.Created[i.Id])).ToArray();
        var (with, without) = (rows.Where(r => r.Value is not null), rows.Where(r => r.Value is null));
        return order.Descending
            ? [
                .. with.OrderByDescending(r => r.Value).ThenByDescending(r => r.Sequence).Select(r => r.Id),
                .. without.OrderByDescending(r => r.Sequence).Select(r => r.Id)]
            : [
                .. with.OrderBy(r => r.Value).ThenBy(r => r.Sequence).Select(r => r.Id),
                .. without.OrderBy(r => r.Sequence).Select(r => r.Id)];
    }

    /// <summary>All pages of a list, one after the other.</summary>
    public static async Task<List<InvoiceRow>> All(
        InvoiceList list, Office office, InvoiceFilter filter, InvoiceOrder order, int limit, Func<Task>? between = null)
    {
        var rows = new List<InvoiceRow>();
        Keyset? after = null;
        do
        {
            var page = await list.Find(office.Tenant, filter, order, new(limit, after), TestContext.Current.CancellationToken);
            Assert.True(page.Items.Count <= limit);
            rows.AddRange(page.Items);
            after = page.Next;
            if (between is not null) await between();
        }
        while (after is not null);
        return rows;
    }

    private static bool Matches(Invoice i, InvoiceFilter f) =>
        (f.Status is null || i.Status == f.Status)
        && (f.Overdue is null || i.IsOverdue == f.Overdue)
        && (f.CustomerId is null || i.Input.CustomerId == f.CustomerId)
        && (f.From is null || i.Input.IssueDate >= f.From)
        && (f.To is null || i.Input.IssueDate <= f.To)
        && (f.DueFrom is null || i.Input.DueDate >= f.DueFrom)
        && (f.DueTo is null || i.Input.DueDate <= f.DueTo)
        && (f.MinAmount is null || i.Totals.Gross >= f.MinAmount)
        && (f.MaxAmount is null || i.Totals.Gross <= f.MaxAmount);

    private static long? ValueOf(InvoiceSort sort, Invoice i) => sort switch
    {
        InvoiceSort.Number => i.Number,
        InvoiceSort.IssueDate => i.Input.IssueDate?.DayNumber,
        InvoiceSort.DueDate => i.Input.DueDate?.DayNumber,
        InvoiceSort.Total => Money.ToOre(i.Totals.Gross),
        _ => 0,
    };
}
