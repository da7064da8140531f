using System.Diagnostics.Metrics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tms.EventStore.Sqlite;
using Tms.Testing.Files;

namespace Tms.EventStore.Tests.Sqlite;

/// <summary>The write-ahead log of a file that is read without a pause.</summary>
public sealed class SqliteWalTests
{
    private const int Readers = 4;

    [Fact]
    public void A_log_is_cut_when_it_is_large_or_rests()
    {
        var rule = new WalRule();
        Assert.False(rule.IsDue(0));
        Assert.False(rule.IsDue(1000));
        Assert.False(rule.IsDue(2000));
        Assert.True(rule.IsDue(2000));
        rule.Tried(isCut: true);
        Assert.True(rule.IsDue(WalRule.Large));
    }

    [Fact]
    public void A_reader_in_the_way_costs_writers_less_each_time()
    {
        var rule = new WalRule();
        List<int> tries = [];
        for (var look = 1; look <= 40; look++)
        {
            if (!rule.IsDue(WalRule.Large + look)) continue;
            tries.Add(look);
            rule.Tried(isCut: false);
        }

        Assert.Equal([1, 3, 7, 15, 31], tries);
    }

    [Fact]
    public async Task It_starts_anew_while_one_reader_follows_the_other_and_is_gone_at_rest()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.FullName, "tms.db");
        using var connections = new SqliteConnections(path);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var metrics = new EventStoreMetrics(services.GetRequiredService<IMeterFactory>());
        using var wal = new SqliteWal(connections, metrics, TimeProvider.System, NullLogger<SqliteWal>.Instance);
        await using var writer = await connections.Open(Cancel);
        Run(writer, "create table t (n integer primary key, b blob)");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var readers = Enumerable.Range(0, Readers).Select(_ => Task.Run(() => Read(connections, stop.Token), Cancel)).ToArray();

        var largest = 0L;
        for (var i = 0; i < 100; i++)
        {
            Run(writer, "insert into t (b) values (zeroblob(1000000))");
            await wal.Look(Cancel);
            largest = Math.Max(largest, new FileInfo(path + "-wal").Length);
        }

        Assert.InRange(largest, 0, 4 * WalRule.Large);
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        for (var look = 0; look < 64; look++) await wal.Look(Cancel);
        Assert.Equal(0, new FileInfo(path + "-wal").Length);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Each holds its snapshot until the next one of another has begun.
    private static async Task Read(SqliteConnections connections, CancellationToken stop)
    {
        await using var session = await connections.Open(CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            using var transaction = session.BeginTransaction(deferred: true);
            Run(session, "select count(*) from t");
            await Task.Yield();
            Run(session, "select max(n) from t");
            transaction.Commit();
        }
    }

    private static void Run(SqliteConnection session, string sql)
    {
        using var command = session.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
