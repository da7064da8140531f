using Npgsql;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.Silo.Cluster;

/// <summary>Brings the database up to date before anything else of the host starts.</summary>
internal sealed partial class SchemaStart(
    SiloOptions options, IEnumerable<SchemaScripts> scripts, TimeProvider time, ILogger<SchemaMigrator> logger)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SchemaMigrator _migrator = new([.. scripts.Select(s => s.Assembly)], logger);

    private DataFolder? _folder;

    /// <summary>Lets the data folder go.</summary>
    public void Dispose() => _folder?.Dispose();

    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.ConnectionString is { } postgres)
        {
            await Migrate(postgres, cancellationToken);
            await OrleansSchema.Postgres(postgres, cancellationToken);
            return;
        }

        _folder = DataFolder.Take(options.DataPath);
        _migrator.Sqlite(options.StoreFile);
        await OrleansSchema.Sqlite(ConnectionStrings.Sqlite(options.OrleansFile), cancellationToken);
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Processes start in any order: the database may be the last of them.
    private async Task Migrate(string postgres, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        for (var told = false; ; told = true)
        {
            try
            {
                await _migrator.Postgres(postgres, cancel);
                return;
            }
            catch (StoreUnavailableException e) when (MayComeYet(e) && time.GetElapsedTime(started) < options.StartTimeout)
            {
                if (!told) LogWaiting(options.StartTimeout, e.Message);
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    private static bool MayComeYet(StoreUnavailableException e) => e.InnerException is not PostgresException { IsTransient: false };

    [LoggerMessage(LogLevel.Warning, "Waiting up to {Timeout} for the database: {Reason}")]
    private partial void LogWaiting(TimeSpan timeout, string reason);
}
