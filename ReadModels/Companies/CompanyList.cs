using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Companies;

/// <summary>Lists of companies: for platform administrators only.</summary>
public sealed class CompanyList(IDatabase database)
{
    internal static readonly StateTable<Company> Table = new(
        TmsAggregates.Companies, [new("search_name", ColumnType.Text)], c => [SearchText.Of(c.Input.Name)]);

    /// <summary>Every company, by id.</summary>
    public Task<IReadOnlyList<Company>> All(Guid after, int limit, int offset, CancellationToken cancel) =>
        Table.All(database, after, limit, offset, cancel);

    /// <summary>How many companies there are.</summary>
    public Task<long> CountAll(CancellationToken cancel) => Table.CountAll(database, cancel);
}
