using Tms.EventStore.Hosting;
using Tms.Silo.Cluster;

namespace Tms.Silo.Upkeep;

/// <summary>The store of a process that does not serve: nothing of it runs.</summary>
internal sealed class UpkeepStore : IAsyncDisposable
{
    private readonly IHost _host;

    private UpkeepStore(IHost host, SiloOptions options) => (_host, Options) = (host, options);

    public SiloOptions Options { get; }

    public IServiceProvider Services => _host.Services;

    /// <summary>Whether there is a master key: one that was made now would open nothing.</summary>
    public bool HasMasterKey => StoreProgram.HasMasterKey(Options);

    /// <summary>Reads the same settings as a silo.</summary>
    public static UpkeepStore Open(string[] settings)
    {
        var (builder, options) = StoreProgram.Builder(settings);
        return new(builder.Build(), options);
    }

    /// <summary>Brings the database up to date, and holds an embedded run's data folder until what is returned is disposed.</summary>
    /// <exception cref="Tms.EventStore.StoreUnavailableException">
    /// The database could not be reached, or another process has the folder.
    /// </exception>
    public async Task<IDisposable> Migrate()
    {
        var schema = ActivatorUtilities.CreateInstance<SchemaStart>(Services);
        try
        {
            await schema.StartingAsync(CancellationToken.None);
            return schema;
        }
        catch
        {
            schema.Dispose();
            throw;
        }
    }

    /// <summary>Refuses PostgreSQL, whose backups are made by its own programs.</summary>
    /// <exception cref="ConfigurationFaultException">There is a ConnectionStrings:Tms.</exception>
    public void MustBeFiles()
    {
        if (!Options.Embedded)
            throw new ConfigurationFaultException(
                "the store is PostgreSQL: scripts/backup and scripts/restore use pg_dump and pg_restore.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
    }
}
