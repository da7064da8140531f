using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Ops;
using Tms.EndToEnd.Tests.Telemetry;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>Api as a client of a silo in a process of its own.</summary>
public sealed class OutsideSilo : IAsyncLifetime
{
    private ApiSite? _site;

    internal Collector Collector { get; private set; } = null!;

    internal ApiProcess Silo { get; private set; } = null!;

    internal ApiProcess Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Collector = await Collector.Start();
        _site = await ApiSite.OnPostgres();
        Silo = await ApiProcess.Start(_site.Settings(Collector.Settings) with { Program = ApiProgram.Silo });
        Api = await _site.Start(["--Tms:Silo=outside", .. Collector.Settings]);
    }

    public async ValueTask DisposeAsync()
    {
        if (Api is not null) await Api.DisposeAsync();
        if (Silo is not null) await Silo.DisposeAsync();
        _site?.Dispose();
        await Collector.DisposeAsync();
    }
}

public sealed class OutsideSiloTests(OutsideSilo cluster) : IClassFixture<OutsideSilo>
{
    [Fact]
    public async Task A_command_is_one_trace_through_both_processes_and_both_send_their_logs()
    {
        await TracedCommand.IsOneTrace(cluster.Api, cluster.Collector, silo: "tms-silo");
        await cluster.Collector.Logs("tms-api");
        await cluster.Collector.Logs("tms-silo");
    }

    [Fact]
    public async Task Api_shows_the_dashboard_of_the_silo_and_the_silo_shows_it_to_nobody()
    {
        using var browser = await OpsBrowser.OfAdmin(cluster.Api.Http.BaseAddress!);
        Assert.Contains(
            "hosts", (await browser.Get(OpsBrowser.Dashboard + "/DashboardCounters")).Expect(200).Body, StringComparison.Ordinal);

        using var atSilo = new OpsBrowser(cluster.Silo.Http.BaseAddress!);
        foreach (var path in (string[])["/ops", OpsBrowser.Login, OpsBrowser.Dashboard, OpsBrowser.Dashboard + "/DashboardCounters"])
            (await atSilo.Get(path)).Expect(404);
    }

    [Fact]
    public async Task Both_say_that_the_store_answers()
    {
        foreach (var process in (ApiProcess[])[cluster.Api, cluster.Silo])
            Assert.Contains(
                "\ntms_store_up{otel_scope_name=\"Tms.EventStore\"} 1",
                (await new Client(() => process.Http).Get("/metrics")).Expect(200).Body, StringComparison.Ordinal);
    }
}
