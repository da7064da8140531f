using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Tms.Silo;
using Tms.Testing.Postgres;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

public sealed class PostgresSiloTests : SiloTests
{
    private IHost? _second;
    private string _database = "";

    public override async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabases.CreateDatabase();
        await Task.WhenAll(Start(Options()), StartSecond());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
    }

    [Fact]
    public async Task Two_silos_are_one_cluster_and_one_may_leave()
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        Assert.Equal(2, (await management.GetHosts(onlyActive: true, TestContext.Current.CancellationToken)).Count);

        var left = _second!.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        await Stop(_second!);

        management = Grains.GetGrain<IManagementGrain>(0);
        var all = await management.GetHosts(onlyActive: false, TestContext.Current.CancellationToken);
        Assert.Equal(SiloStatus.Dead, all[left]);
        Assert.Single(all, silo => silo.Value == SiloStatus.Active);
    }

    private SiloOptions Options() => new()
    {
        ConnectionString = $"{_database};Maximum Pool Size=30",
        SiloPort = 0,
        GatewayPort = 0,
        AdvertisedAddress = "127.0.0.1",
    };

    private async Task StartSecond() => _second = await Start(Options());
}
