using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.ApiKeys;
using Tms.ReadModels.Companies;
using Tms.ReadModels.Customers;
using Tms.ReadModels.Invitations;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Users;

namespace Tms.ReadModels.Hosting;

/// <summary>The table that lists of an aggregate read, with one row per stream.</summary>
/// <param name="Follows">Whose rows they are.</param>
internal abstract record KeptTable(Aggregate Follows)
{
    /// <summary>Keeper of the table.</summary>
    public abstract IInlineProjection Keep(EventCatalog catalog);
}

/// <summary>The table <c>invoices</c>, whose rows come from the events alone.</summary>
internal sealed record InvoiceTable() : KeptTable(TmsAggregates.Invoices)
{
    public override IInlineProjection Keep(EventCatalog catalog) => new InvoiceProjection(catalog);
}

/// <summary>A table and the queries that read it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Queries">Class of its queries, of which a host makes one.</param>
internal sealed record KeptList(KeptTable Table, Type Queries)
{
    public static KeptList Of<TQueries>(KeptTable table)
        where TQueries : class => new(table, typeof(TQueries));
}

/// <summary>The tables of all aggregates that are listed.</summary>
internal static class KeptTables
{
    /// <summary>One for each aggregate with <see cref="Aggregate.IsListed"/>.</summary>
    /// <exception cref="InvalidOperationException">An aggregate has none: its lists would stay empty.</exception>
    public static IReadOnlyList<KeptList> All { get; } = Complete(
    [
        KeptList.Of<CompanyList>(CompanyList.Table), KeptList.Of<UserList>(UserList.Table), KeptList.Of<CustomerList>(CustomerList.Table),
        KeptList.Of<InvoiceList>(new InvoiceTable()), KeptList.Of<InvitationList>(InvitationList.Table),
        KeptList.Of<ApiKeyList>(ApiKeyList.Table),
    ]);

    private static KeptList[] Complete(KeptList[] lists) =>
        TmsAggregates.All.FirstOrDefault(a => a.IsListed && !Array.Exists(lists, l => l.Table.Follows == a)) is { } forgotten
            ? throw new InvalidOperationException($"No read model follows {forgotten.Name}: add its table to {nameof(KeptTables)}.")
            : lists;
}
