using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Customers;

/// <summary>Lists of customers.</summary>
public sealed class CustomerList(IDatabase database)
{
    internal static readonly StateTable<Customer> Table = new(TmsAggregates.Customers,
        [new("number", ColumnType.Long), new("search_name", ColumnType.Text), new("is_archived", ColumnType.Bool)],
        c => [c.Number, SearchText.Of(c.Input.Name), c.IsArchived]);

    /// <summary>One page of a company's customers.</summary>
    public Task<Page<StateRow<Customer>>> Find(
        TenantId tenant, CustomerFilter filter, CustomerOrder order, PageRequest page, CancellationToken cancel) =>
        Filtered(tenant, filter)
            .Find(
                database, order.By == CustomerSort.Number ? new("number", order.Descending, IsUnique: true) : new(null, order.Descending),
                page,
            Table.Row, c => new Keyset(order.By == CustomerSort.Number ? c.State.Number : null, c.CreatedSequence), cancel);

    /// <summary>How many customers a filter lets through.</summary>
    public Task<long> Count(TenantId tenant, CustomerFilter filter, CancellationToken cancel) =>
        Filtered(tenant, filter).Count(database, cancel);

    private static ListQuery Filtered(TenantId tenant, CustomerFilter filter)
    {
        var query = Table.Of(tenant).Where("is_archived = @archived", "archived", filter.Archived);
        return filter.Search is { } text && SearchText.Of(text) is { Length: > 0 } prefix
            ? query.And("search_name >= @q and search_name < @qEnd", ("q", prefix), ("qEnd", SearchText.After(prefix)))
            : query;
    }
}

/// <summary>What a list of customers is narrowed to; null narrows nothing.</summary>
/// <param name="Archived">Only archived ones, or only others.</param>
/// <param name="Search">The name begins with this.</param>
public sealed record CustomerFilter(bool? Archived = null, string? Search = null);

/// <summary>What customers can be ordered by.</summary>
public enum CustomerSort
{
    /// <summary>When registered.</summary>
    CreatedAt,

    /// <summary>Customer number.</summary>
    Number,
}

/// <summary>The order of a list of customers.</summary>
public readonly record struct CustomerOrder(CustomerSort By, bool Descending);
