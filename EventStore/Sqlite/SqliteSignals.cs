using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Sqlite;

/// <summary>One process owns the file, so commits signal in memory; what was committed before this start is heard of here.</summary>
internal sealed class SqliteSignals(
    PartitionSignals signals, IEventReader reader, SqliteConnections connections, SqliteHistory history,
    StoreWatch watch, EventStoreOptions options, TimeProvider time, ILogger<SqliteSignals> log) : BackgroundService
{
    private readonly SignalLoop _asking = new("ask for the log's heads", time, log);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _asking.Run(Ask, stoppingToken);

    private async Task Ask(CancellationToken stop)
    {
        var pause = options.SafetyInterval * 5;
        await CheckHistory(stop);
        await watch.Ask(() => HearHeads(stop), pause);
        _asking.Well();
        await Task.Delay(pause, time, stop);
    }

    private async Task CheckHistory(CancellationToken stop)
    {
        await using var session = await connections.Open(stop);
        history.Check(session);
    }

    private async Task HearHeads(CancellationToken stop)
    {
        foreach (var (partition, head) in await reader.PartitionHeads(stop))
        {
            signals.Hear(partition, head);
        }
    }
}
