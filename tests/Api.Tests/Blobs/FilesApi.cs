using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tms.Api.Tests.Hosting;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.EventStore.Persons;
using Tms.Testing.Files;

namespace Tms.Api.Tests.Blobs;

/// <summary>The edge in front of a real store of files.</summary>
public sealed class FilesApi : IAsyncLifetime
{
    public const int Quota = 16 << 20;

    private readonly TempFolder _folder = new();

    public ApiHost Api { get; private set; } = null!;

    public ServiceProvider Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var file = _folder.File("tms.db");
        new SchemaMigrator([typeof(IEventWriter).Assembly], NullLogger<SchemaMigrator>.Instance).Sqlite(file);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Tms:Blobs:QuotaBytes", $"{Quota}")]).Build();
        Store = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddSingleton(TimeProvider.System).AddLogging()
            .AddSingleton(MasterKey.Load(Convert.ToBase64String(new byte[32]), "")).AddSingleton(new PersonalEventTypes(["X_SHARED"]))
            .AddSqliteEventStore(file).BuildServiceProvider();
        Api = await ApiHost.Start(services: services => services.AddSingleton(Store.GetRequiredService<IBlobStore>()));
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
