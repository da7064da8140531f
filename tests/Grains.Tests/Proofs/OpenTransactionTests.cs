using Npgsql;
using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Tests.Support;
using Tms.Testing;
using Tms.Testing.Postgres;
using Xunit;

namespace Tms.Grains.Tests.Proofs;

/// <summary>The real stream provider of two silos on PostgreSQL, while transactions end late, badly or not at all.</summary>
public sealed class OpenTransactionTests
{
    private const int Lanes = 8;
    private const int Appends = 1000;
    private const int Refusals = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TenantId[] _companies = Orders.Companies(perPartition: 6);

    [Fact]
    public async Task Readers_skip_nothing_while_a_transaction_stays_open_for_30_seconds_and_stall_on_nothing_after()
    {
        await using var world = await StoreWorld.OnPostgres();
        world.Store = o => (o.LaneTimeouts, o.Lanes, o.AppendTimeout) = (false, Lanes, TimeSpan.FromMinutes(2));
        var cluster = await world.Start(silos: 2);
        await using var idle = await IdleInTransaction(world.Postgres!);
        await using var held = await HeldTransaction.Before(world.Postgres!);

        var late = cluster.Writer().Append(Orders.Unit(_companies[0], HeldTransaction.Stream), Cancel);
        await held.Reached().Within(Limit);
        var appends = AppendAll(cluster);
        var free = FreeOf(_companies[0].Partition);
        await world.Deliveries.Distinct.Reaches(free.Length);
        Assert.All(_companies.Where(c => c.Partition == _companies[0].Partition), c => Assert.Empty(world.Deliveries.Sequences(c)));

        await held.OpenFor(TimeSpan.FromSeconds(30));
        Assert.True(await held.Open() >= TimeSpan.FromSeconds(30), "The transaction is not open any more: this test proves nothing.");
        Assert.False(late.IsCompleted);
        Assert.Equal(free.Length, world.Deliveries.Distinct.Count);

        await held.Release();
        using var since = WorkingTime.Start();
        Assert.IsType<AppendResult.Appended>(await late.Within(Limit));
        Assert.Equal(Appends - 1 - Refusals, (await appends.Within(Limit)).Count(appended => appended));
        await world.Deliveries.Distinct.Reaches(Appends - Refusals);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        await EverythingArrivedInOrder(world, cluster);
        Assert.Equal("idle in transaction", await State(idle));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TenantId Company(int append) => _companies[append % _companies.Length];

    private static bool IsRefused(int append) => append % (Appends / Refusals) == 7;

    /// <summary>Those appends that a lane does which has nothing to do with a partition.</summary>
    private int[] FreeOf(int partition) =>
        [.. Enumerable.Range(1, Appends - 1).Where(i => !IsRefused(i) && Company(i).Partition % Lanes != partition % Lanes)];

    /// <summary>All but the first at once, through the writers of both silos; whether each was stored.</summary>
    private Task<bool[]> AppendAll(InProcessTestCluster cluster) =>
        Task.WhenAll(Enumerable.Range(1, Appends - 1).Select(i => Task.Run(() => Append(cluster, i))));

    private async Task<bool> Append(InProcessTestCluster cluster, int i)
    {
        var unit = Orders.Unit(Company(i), IsRefused(i) ? HeldTransaction.Refused : "orders");
        try
        {
            return await cluster.Writer(i % 2).Append(unit, Cancel) is AppendResult.Appended;
        }
        catch (UnitRejectedException) when (IsRefused(i))
        {
            return false;
        }
    }

    private async Task EverythingArrivedInOrder(StoreWorld world, InProcessTestCluster cluster)
    {
        foreach (var company in _companies)
        {
            var log = await cluster.Reader().ReadCompany(company, CompanySequence.Start, Appends, Cancel);
            Assert.Equal(log.Select(e => e.Sequence.Value), world.Deliveries.Sequences(company).Distinct());
        }
    }

    /// <summary>A session that wrote something, sees the log as it was, and never goes on.</summary>
    private static async Task<NpgsqlConnection> IdleInTransaction(string database)
    {
        var session = new NpgsqlConnection(database + ";Pooling=false");
        await session.OpenAsync();
        await using var command = new NpgsqlCommand(
            "begin isolation level repeatable read; insert into store (name, value) values ('idle', 'idle'); select count(*) from events",
            session);
        await command.ExecuteNonQueryAsync();
        return session;
    }

    private static Task<string> State(NpgsqlConnection session) =>
        PostgresDatabases.Scalar<string>(session.ConnectionString, $"select state from pg_stat_activity where pid = {session.ProcessID}");
}
