using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Sqlite;

/// <summary>Keeps the write-ahead log beside the file small, and cuts it at rest.</summary>
/// <remarks>
/// SQLite's own checkpoints start the log anew only when no reader is in it, and under load one reader follows the other: it would grow for
/// as long as that goes on.
/// A cut holds new writers for as long as readers of the old end take, a quarter of a second at most.
/// </remarks>
internal sealed partial class SqliteWal(
    SqliteConnections connections, EventStoreMetrics metrics, TimeProvider time, ILogger<SqliteWal> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly WalRule _rule = new();
    private bool _stuck;

    /// <summary>Looks at the log once, and cuts it if it is due.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be opened.</exception>
    internal async Task Look(CancellationToken cancel)
    {
        var bytes = Length();
        if (!_rule.IsDue(bytes)) return;
        var isCut = await Cut(cancel);
        _rule.Tried(isCut);
        if (!isCut && !_stuck && bytes >= 4 * WalRule.Large) LogStuck(bytes >> 20);
        if (isCut && _stuck) LogFree();
        _stuck = !isCut && (_stuck || bytes >= 4 * WalRule.Large);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchWal(Length);
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e) when (e is StoreUnavailableException or Microsoft.Data.Sqlite.SqliteException or IOException)
            {
                // Whoever needs the file says that it cannot be opened; this looks again in a second.
                continue;
            }
        }
    }

    private long Length() => new FileInfo(connections.Path + "-wal") is { Exists: true } file ? file.Length : 0;

    private async Task<bool> Cut(CancellationToken cancel)
    {
        await using var session = await connections.Open(cancel);
        await using var command = session.CreateCommand();
        command.CommandText = "pragma busy_timeout = 250; pragma wal_checkpoint(truncate)";
        await using var reader = await command.ExecuteReaderAsync(cancel);

        // Two statements answer: the time that was set, then whether somebody was in the way.
        if (!await reader.NextResultAsync(cancel) || !await reader.ReadAsync(cancel)) return false;
        return reader.GetInt32(0) == 0;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The file's write-ahead log has {Megabytes} MiB and cannot be cut: a reader, a backup perhaps, keeps its old end open")]
    private partial void LogStuck(long megabytes);

    [LoggerMessage(LogLevel.Information, "The file's write-ahead log was cut again")]
    private partial void LogFree();
}
