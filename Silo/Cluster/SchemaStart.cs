using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.ReadModels.Hosting;

namespace Tms.Silo.Cluster;

/// <summary>Brings the database up to date before anything else of the host starts.</summary>
internal sealed class SchemaStart(SiloOptions options, ILogger<SchemaMigrator> logger) : IHostedLifecycleService, IDisposable
{
    private readonly SchemaMigrator _migrator = new([typeof(IEventReader).Assembly, typeof(ReadModelServices).Assembly], logger);
    private DataFolder? _folder;

    /// <summary>Lets the data folder go.</summary>
    public void Dispose() => _folder?.Dispose();

    /// <inheritdoc />
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.ConnectionString is { } postgres)
        {
            await _migrator.Postgres(postgres, cancellationToken);
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
}
