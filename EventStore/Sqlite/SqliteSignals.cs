using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Sqlite;

/// <summary>One process owns the file, so commits signal in memory; what was committed before this start is heard of here.</summary>
internal sealed class SqliteSignals(PartitionSignals signals, IEventReader reader, EventStoreOptions options, TimeProvider time, ILogger<SqliteSignals> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var (partition, head) in await reader.PartitionHeads(stoppingToken))
                {
                    signals.Hear(partition, head);
                }

                failing = false;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                if (!failing)
                {
                    log.LogWarning(e, "Cannot ask for the log's heads; trying again");
                }

                failing = true;
            }

            await Task.Delay(options.SafetyInterval * 5, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
