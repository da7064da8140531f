using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.ReadModels.Hosting;
using Tms.Testing.Files;
using Tms.Testing.Postgres;

namespace Tms.ReadModels.Tests.Stores;

/// <summary>A store with every read model; each test takes tenants of its own.</summary>
public abstract class Store : IAsyncLifetime
{
    private IHost _host = null!;

    private protected static SchemaMigrator Migrator { get; } =
        new([typeof(IEventReader).Assembly, typeof(ReadModelServices).Assembly], NullLogger<SchemaMigrator>.Instance);

    public IEventWriter Writer => Part<IEventWriter>();

    public IEventReader Reader => Part<IEventReader>();

    public IDatabase Database => Part<IDatabase>();

    public IReadModels ReadModels => Part<IReadModels>();

    public IEnumerable<IInlineProjection> Projections => _host.Services.GetServices<IInlineProjection>();

    public IEnumerable<IInlineEntries> Entries => _host.Services.GetServices<IInlineEntries>();

    public IEnumerable<IInlineTallies> Tallies => _host.Services.GetServices<IInlineTallies>();

    public T Part<T>()
        where T : class => _host.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(MasterKey.Load(Convert.ToBase64String(new byte[32]), ""))
            .AddReadModels();
        await AddStore(builder.Services);
        _host = builder.Build();
        await _host.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task AddStore(IServiceCollection services);
}

/// <summary>In a file of its own.</summary>
public sealed class SqliteStore : Store
{
    private readonly TempFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override Task AddStore(IServiceCollection services)
    {
        Migrator.Sqlite(_folder.File("tms.db"));
        services.AddSqliteEventStore(_folder.File("tms.db"));
        return Task.CompletedTask;
    }
}

/// <summary>In a database of its own.</summary>
public class PostgresStore : Store
{
    public string ConnectionString { get; private set; } = "";

    private protected virtual Task<string> Create() => PostgresDatabases.CreateDatabase();

    private protected override async Task AddStore(IServiceCollection services)
    {
        ConnectionString = await Create();
        await Migrator.Postgres(ConnectionString, TestContext.Current.CancellationToken);
        services.AddPostgresEventStore(ConnectionString);
    }
}

/// <summary>In a database that orders texts, and writes small letters for capital ones, as another language has it.</summary>
public sealed class TurkishStore : PostgresStore
{
    private protected override Task<string> Create() => PostgresDatabases.CreateDatabaseIn("tr-TR");
}
