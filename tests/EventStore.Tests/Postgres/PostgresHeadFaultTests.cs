using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A process that is lost while it makes up for a gap.</summary>
public sealed class PostgresHeadFaultTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly Business _company = new();

    [Fact]
    public async Task A_session_that_ends_between_the_rows_and_the_events_leaves_neither()
    {
        await using var old = await Fixture.SecondProcess(new() { Projections = [], Entries = [] });
        await _company.Works(Store);
        await _company.Works(old);
        GatedReader? reader = null;
        await using var next = await Fixture.SecondProcess(new()
        {
            // The last of three tables: the rows of the first two are written when it is read.
            Reader = inner => reader = new GatedReader(inner, _company.Tenant, read: 3),
            Options = o => o.MaxCatchUpTime = TimeSpan.FromMinutes(1),
        });
        var working = _company.Works(next);
        await reader!.Reached.Within(Limit);
        await PostgresDatabases.EndSessions(Fixture.ConnectionString);
        Assert.Equal("", await Store.Covered(_company.Tenant));
        await Store.LacksRows(_company.Tenant, new());
        reader.Open();
        await working.Within(Limit);
        await Store.HasRows(_company.Tenant, new());
        await _company.Works(next);
        await Store.HasRows(_company.Tenant, new());
    }
}
