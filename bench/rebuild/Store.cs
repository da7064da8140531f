using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Invoices;
using Tms.Testing.Postgres;

namespace Rebuild;

/// <summary>An event store with every read model, in this process, on a server of its own.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly PostgresServer _server;
    private readonly IHost _host;

    private Store(PostgresServer server, IHost host)
    {
        (_server, _host) = (server, host);
        Database = NpgsqlDataSource.Create(server.ConnectionString);
    }

    public NpgsqlDataSource Database { get; }

    public IEventWriter Writer => _host.Services.GetRequiredService<IEventWriter>();

    public IEventReader Reader => _host.Services.GetRequiredService<IEventReader>();

    public IReadModels ReadModels => _host.Services.GetRequiredService<IReadModels>();

    public InvoiceList Invoices => _host.Services.GetRequiredService<InvoiceList>();

    public IEnumerable<IInlineProjection> Projections => _host.Services.GetServices<IInlineProjection>();

    public static async Task<Store> Start()
    {
        var server = await PostgresServer.Create();
        await new SchemaMigrator([typeof(IEventReader).Assembly, typeof(ReadModelServices).Assembly], NullLogger<SchemaMigrator>.Instance)
            .Postgres(server.ConnectionString, CancellationToken.None);
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(MasterKey.Load(Convert.ToBase64String(new byte[32]), ""))
            .AddReadModels().AddPostgresEventStore(server.ConnectionString);
        var host = builder.Build();
        await host.StartAsync();
        return new(server, host);
    }

    public async Task Execute(string sql, params object[] parameters)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        command.Parameters.AddRange(parameters.Select(p => new NpgsqlParameter { Value = p }).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    public async Task<long> Count(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await Database.DisposeAsync();
        await _server.DisposeAsync();
    }
}
