using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tms.EventStore.Readers;

namespace Tms.EventStore.Postgres;

/// <summary>Compares clocks when the process starts and every ten seconds.</summary>
/// <remarks>So a process through which nobody writes says as well that its clock is wrong, or right again.</remarks>
internal sealed class PostgresClock(PostgresConnections connections, StoreClock clock, TimeProvider time, ILogger<PostgresClock> log)
    : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly SignalLoop _loop = new("ask for the database's time", time, log);

    /// <summary>The database's time, by a session that is open.</summary>
    public static async Task<DateTimeOffset> Ask(NpgsqlConnection session, CancellationToken cancel)
    {
        await using var ask = new NpgsqlCommand("select clock_timestamp()", session);
        return new((DateTime)(await ask.ExecuteScalarAsync(cancel))!);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.Run(Look, stoppingToken);

    private async Task Look(CancellationToken stop)
    {
        await Compare(stop);
        _loop.Well();
        await Task.Delay(Period, time, stop);
    }

    private async Task Compare(CancellationToken stop)
    {
        await using var session = await connections.Queries.OpenConnectionAsync(stop);
        await clock.Compare(() => Ask(session, stop));
    }
}
