using System.Text;
using Tms.EventStore.Readers;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>What is asked of the whole log is found by an index, in statements that do not grow with it.</summary>
public abstract class PlanTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private const int AtOnce = 2;
    private static readonly byte[] Kari = Encoding.UTF8.GetBytes("""{"actor":"kari"}""");
    private readonly string _type = $"TYPE-{Guid.CreateVersion7()}";

    [Fact]
    public async Task Streams_with_events_of_a_type_are_found_in_all_tenants_by_the_index_of_types()
    {
        var units =
            Enumerable.Range(0, 5).Select(_ => Some.Unit(Some.Tenant(), Some.Stream(), 0, Some.Event() with { Type = _type })).ToList();
        foreach (var unit in units) await Store.Appended(unit);
        var database = Fixture.Explaining();

        var found = await new StreamFinder(database, AtOnce).With(_type, Cancel).ToListAsync(Cancel);

        Assert.Equal(
            units.Select(u => (u.Tenant, u.Streams[0].Stream)).OrderBy(u => u.Tenant.Value),
            found.Select(f => (f.Tenant, f.Stream)).OrderBy(f => f.Tenant.Value));
        var plans = (await database.Plans()).Where(plan => plan.Contains("events", StringComparison.Ordinal)).ToList();
        Assert.True(plans.Count >= 3, "The tenants were not read in pages.");
        Assert.All(plans, plan => Assert.Contains("events_type", plan, StringComparison.Ordinal));
        Assert.All(plans, plan => Assert.DoesNotContain("SCAN events", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_somebody_did_is_read_in_ranges_of_the_log()
    {
        var tenant = Some.Tenant();
        for (var n = 0; n < 5; n++)
            await Store.Appended(Some.Unit(tenant, Some.Stream()) with { Metadata = n is 0 or 4 ? Kari : Some.Metadata });
        var database = Fixture.Explaining();
        var actors = new ActorEvents(database, AtOnce);

        Assert.Equal([1, 5], (await actors.Read(tenant, "kari", CompanySequence.Start, 10, Cancel)).Select(e => e.Sequence.Value));
        Assert.Equal([5], (await actors.Read(tenant, "kari", new(1), 10, Cancel)).Select(e => e.Sequence.Value));
        Assert.Equal([1], (await actors.Read(tenant, "kari", CompanySequence.Start, 1, Cancel)).Select(e => e.Sequence.Value));
        Assert.Equal([("orders", 2L)], await actors.Count(tenant, "kari", Cancel));

        var plans = (await database.Plans()).Where(plan => plan.Contains("events", StringComparison.Ordinal)).ToList();
        Assert.Equal(3 + 2 + 1 + 3, plans.Count);
        Assert.All(plans, plan => Assert.Matches(@"events_sequence|sqlite_autoindex_events_1|PRIMARY KEY", plan));
        Assert.All(plans, plan => Assert.Matches(@"sequence\s*<", plan));
    }
}
