using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tms.EventStore.Hosting;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>The store of a site, opened beside the running Api.</summary>
internal static class StoreOf
{
    public static ServiceProvider Open(ApiSite site)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System).AddLogging();
        _ = site.Postgres is { } postgres
            ? services.AddPostgresEventStore(postgres)
            : services.AddSqliteEventStore(Path.Combine(site.DataPath, "tms.db"));
        return services.BuildServiceProvider();
    }
}
