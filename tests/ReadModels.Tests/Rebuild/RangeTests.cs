using Tms.EventStore;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Rebuild;

/// <summary>
/// Rebuilds replace rows by ranges of their streams' ids: each table has an index for that, or every piece would read all of it.
/// </summary>
public sealed class RangeTests(SqliteStore store) : IClassFixture<SqliteStore>
{
    [Fact]
    public async Task Every_tables_rows_are_found_by_the_ids_of_their_streams()
    {
        foreach (var table in store.Projections.Select(p => p.Table).Concat(store.Entries.Select(e => e.Table)))
        {
            var stream = table.Columns[table.StreamColumn].Name;
            var plan = await store.Database.Query(
                $"explain query plan select * from {table.Name} where tenant = @tenant and {stream} > @after and {stream} <= @to",
                r => r.GetString(3),
                TestContext.Current.CancellationToken, ("tenant", Guid.Empty), ("after", Guid.Empty), ("to", Guid.Empty));
            Assert.Contains($"(tenant=? AND {stream}>? AND {stream}<?)", Assert.Single(plan), StringComparison.Ordinal);
        }
    }
}
