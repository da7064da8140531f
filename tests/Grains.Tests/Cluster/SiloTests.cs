using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Tms.Silo;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

/// <summary>What Orleans keeps in a database, once per database.</summary>
public abstract class SiloTests : IAsyncLifetime
{
    private readonly List<IHost> _hosts = [];

    internal Ticks Ticks { get; } = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected IGrainFactory Grains => _hosts[^1].Services.GetRequiredService<IGrainFactory>();

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.ToArray()) await Stop(host);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task State_survives_its_grain()
    {
        var keeper = Grains.GetGrain<IKeeper>("one");
        await keeper.Add(2);
        await keeper.Add(3);
        await keeper.Leave();

        Assert.Equal(5, await keeper.Get());
    }

    [Fact]
    public async Task Cleared_state_can_be_written_again()
    {
        var keeper = Grains.GetGrain<IKeeper>("two");
        await keeper.Add(2);
        await keeper.Clear();
        await keeper.Leave();

        Assert.Equal(0, await keeper.Get());
        Assert.Equal(1, await keeper.Add(1));
    }

    [Fact]
    public async Task The_second_of_two_writers_sees_a_conflict()
    {
        var storage = _hosts[0].Services.GetRequiredService<IGrainStorage>();
        var grain = GrainId.Create("kept", "three");
        var (first, second) = (new GrainState<KeptNumber>(new()), new GrainState<KeptNumber>(new()));
        await storage.ReadStateAsync("number", grain, first);
        await storage.ReadStateAsync("number", grain, second);

        await storage.WriteStateAsync("number", grain, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("number", grain, second));

        await storage.ReadStateAsync("number", grain, second);
        await storage.WriteStateAsync("number", grain, second);
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("number", grain, first));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("number", grain, first));
    }

    [Fact]
    public async Task A_reminder_fires_and_can_be_forgotten()
    {
        var keeper = Grains.GetGrain<IKeeper>("four");
        await keeper.Remind();
        await Ticks.Heard.Reaches(1);

        await keeper.Remind();
        Assert.True(await keeper.Forget());
        Assert.False(await keeper.Forget());
    }

    [Fact]
    public async Task Reminders_are_found_by_ranges_of_hashes()
    {
        var table = _hosts[0].Services.GetRequiredService<IReminderTable>();
        var grains = Enumerable.Range(0, 20).Select(i => GrainId.Create("kept", $"range-{i}")).ToArray();
        foreach (var grain in grains)
            await table.UpsertRow(
                new ReminderEntry
                {
                    GrainId = grain,
                    ReminderName =
                    "r",
                    Period = TimeSpan.FromHours(1),
                    StartAt = DateTime.UnixEpoch.AddYears(60)
                }, Cancel);
        var middle = grains[7].GetUniformHashCode();

        var upTo = (await table.ReadRows(0, middle, Cancel)).Reminders.Select(r => r.GrainId);
        var around = (await table.ReadRows(middle, 0, Cancel)).Reminders.Select(r => r.GrainId);

        Assert.Equal(grains.Where(g => g.GetUniformHashCode() <= middle).Order(), upTo.Intersect(grains).Order());
        Assert.Equal(grains.Where(g => g.GetUniformHashCode() > middle).Order(), around.Intersect(grains).Order());
    }

    private protected async Task<IHost> Start(SiloOptions options)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Ticks);
        builder.Services.AddSingleton<Support.Deliveries>();
        builder.AddTmsSilo(options);
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return host;
    }

    private protected async Task Stop(IHost host)
    {
        if (!_hosts.Remove(host)) return;
        await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(60));
        host.Dispose();
    }
}
