using Npgsql;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A table or a row that another session holds stops only the appends that write it.</summary>
public sealed class LockedTableTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    [Fact]
    public async Task Appends_to_other_tables_are_stored_within_a_second_while_one_table_is_held()
    {
        var companies = Enumerable.Range(0, 20).Select(_ => Some.Tenant()).ToList();
        await Store.AppendAll(companies.Select(c => Some.Unit(c, Some.Stream())).Append(Words()));
        var held = await Hold("lock table test_words in share mode");
        var waiting = new List<Task<AppendResult>>();
        var slowest = TimeSpan.Zero;
        // Each round, and so each batch, holds a unit of the held table among those of others.
        for (var round = 0; round < 8; round++)
        {
            waiting.Add(Store.Append(Words()));
            using var since = WorkingTime.Start();
            await Store.AppendAll(companies.Select(c => Some.Unit(c, Some.Stream())));
            slowest = since.Elapsed > slowest ? since.Elapsed : slowest;
        }

        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.All(waiting, unit => Assert.False(unit.IsCompleted));
        await held.DisposeAsync();
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<AppendResult.Appended>(result));
        foreach (var company in companies) Assert.Equal(9, (await Store.Sound(company)).Count);
    }

    [Fact]
    public async Task A_row_that_is_held_stops_its_company_only()
    {
        var (tenant, stream, other) = (Some.Tenant(), Some.Stream(TotalsProjection.Stream), Some.Tenant());
        await Store.Appended(Some.Unit(tenant, stream));
        var held = await Hold($"select 1 from test_totals where tenant = '{tenant.Value}' for update");
        var waiting = Store.Append(Some.Unit(tenant, stream, 1));
        for (var round = 0; round < 20; round++)
        {
            await Store.Appended(Some.Unit(other, Some.Stream(TotalsProjection.Stream))).Within(TimeSpan.FromSeconds(5));
        }

        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        Assert.Equal(2, Assert.IsType<AppendResult.Appended>(await waiting).Version.Value);
    }

    private static AppendUnit Words() => Some.Unit(Some.Tenant(), Some.Stream(WordEntries.Stream));

    /// <summary>Another session that holds what a statement locks until it is disposed.</summary>
    private async Task<NpgsqlConnection> Hold(string sql)
    {
        var session = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await session.OpenAsync(Cancel);
        await using var take = new NpgsqlCommand($"begin; {sql}", session);
        await take.ExecuteNonQueryAsync(Cancel);
        return session;
    }
}
