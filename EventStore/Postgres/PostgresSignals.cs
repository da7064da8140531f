using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Postgres;

/// <summary>
/// Wakes readers across processes: a NOTIFY after commits, coalesced, on a connection of its own; and one question now and then in case it
/// was lost.
/// </summary>
/// <remarks>Inside the transaction NOTIFY would take a lock of the whole server at commit.</remarks>
internal sealed class PostgresSignals(
    PostgresConnections connections, PostgresHistory history, PartitionSignals signals, IEventReader reader, StoreWatch watch,
    EventStoreOptions options, TimeProvider time, ILogger<PostgresSignals> log)
    : BackgroundService
{
    // The first commit after a pause is told at once; in a storm of commits, all that came meanwhile at most this often.
    private static readonly TimeSpan Coalesce = TimeSpan.FromMilliseconds(10);

    // A connection on which nobody speaks can be gone without a word: after this long it is asked whether it is there.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly long[] _committed = new long[TenantId.Partitions];
    private readonly long[] _told = new long[TenantId.Partitions];
    private readonly SemaphoreSlim _dirty = new(0, 1);
    private readonly SignalLoop _listening = new("listen for commits", time, log);
    private readonly SignalLoop _telling = new("notify others of commits", time, log);
    private readonly SignalLoop _asking = new("ask for the log's heads", time, log);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        signals.Committed = Note;
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        _listening.Run(Listen, stoppingToken), _telling.Run(Notify, stoppingToken), _asking.Run(Ask, stoppingToken));

    private void Note(int partition, GlobalPosition head)
    {
        // Two lanes may tell of one partition in either order.
        for (var known = Volatile.Read(ref _committed[partition]); known < head.Value;)
        {
            known =
                Interlocked.CompareExchange(ref _committed[partition], head.Value, known) is var seen && seen == known ? head.Value : seen;
        }

        if (_dirty.CurrentCount == 0)
        {
            try
            {
                _dirty.Release();
            }
            catch (SemaphoreFullException)
            {
                // Two lanes at once: the notifier is awake already.
            }
        }
    }

    private async Task Listen(CancellationToken stop)
    {
        await using var connection = await connections.OpenSession(stop);
        await history.Check(connection, stop);
        connection.Notification += (_, e) => Hear(e.Payload);
        await using var command = new NpgsqlCommand("listen tms_log", connection);
        await command.ExecuteNonQueryAsync(stop);
        await HearHeads(stop); // what was committed while nobody listened
        _listening.Well();
        for (var asked = time.GetTimestamp(); ;)
        {
            // Commits keep the connection busy: the database is asked what it is all the same.
            if (await connection.WaitAsync(Silence, stop) && time.GetElapsedTime(asked) < Silence) continue;
            await history.Check(connection, stop);
            asked = time.GetTimestamp();
        }
    }

    private void Hear(string payload)
    {
        foreach (var part in payload.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && int.TryParse(part.AsSpan(0, colon), CultureInfo.InvariantCulture, out var partition)
                && partition is >= 0 and < TenantId.Partitions
                && long.TryParse(part.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var position))
            {
                signals.Hear(partition, new(position));
            }
        }
    }

    private async Task Notify(CancellationToken stop)
    {
        await using var connection = await connections.OpenSession(stop);
        await using var command =
            new NpgsqlCommand("select pg_notify('tms_log', $1)", connection) { Parameters = { new NpgsqlParameter<string>() } };
        var last = 0L;
        while (true)
        {
            if (Untold().Count == 0)
            {
                _telling.Well();
                await _dirty.WaitAsync(stop);
                continue;
            }

            if (Coalesce - time.GetElapsedTime(last) is { Ticks: > 0 } left)
            {
                await Task.Delay(left, time, stop);
            }

            var news = Untold();
            ((NpgsqlParameter<string>)command.Parameters[0]).TypedValue = string.Join(
                ',', news.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Partition}:{n.Head}")));
            await command.ExecuteNonQueryAsync(stop);
            news.ForEach(n => _told[n.Partition] = n.Head);
            last = time.GetTimestamp();
            _telling.Well();
        }
    }

    private List<(int Partition, long Head)> Untold()
    {
        var news = new List<(int Partition, long Head)>();
        for (var p = 0; p < _told.Length; p++)
        {
            if (Volatile.Read(ref _committed[p]) is var head && head > _told[p])
            {
                news.Add((p, head));
            }
        }

        return news;
    }

    private async Task Ask(CancellationToken stop)
    {
        await watch.Ask(() => HearHeads(stop), options.SafetyInterval);
        _asking.Well();
        await Task.Delay(options.SafetyInterval, time, stop);
    }

    private async Task HearHeads(CancellationToken stop)
    {
        foreach (var (partition, head) in await reader.PartitionHeads(stop))
        {
            signals.Hear(partition, head);
        }
    }

    public override void Dispose()
    {
        _dirty.Dispose();
        base.Dispose();
    }
}
