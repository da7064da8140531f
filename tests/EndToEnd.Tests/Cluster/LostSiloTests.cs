using System.Net;
using System.Net.Sockets;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>An Api that is a client of a Silo process, and loses it.</summary>
[Collection(AloneCollection.Name)]
public sealed class LostSiloTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_api_node_that_is_asked_for_nothing_finds_its_silos_again_within_seconds()
    {
        using var site = await ApiSite.OnPostgres();
        var (silo, gateway) = (FreePort(), FreePort());
        var first = await Silo(site, silo, gateway);
        await using var api = await site.Host("--Tms:Silo=outside");
        await first.Kill();
        await first.DisposeAsync();
        await Answers(api, HttpStatusCode.ServiceUnavailable);

        await using var second = await Silo(site, silo, gateway);
        using var since = WorkingTime.Start();
        await Answers(api, HttpStatusCode.OK);
        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await Companies.Register(new Client(() => api.Http));
    }

    // The same ports again: a silo takes the place of the one that it replaces at once.
    private static Task<ApiProcess> Silo(ApiSite site, int silo, int gateway) =>
        ApiProcess.Start(
            site.Settings($"--Tms:Cluster:SiloPort={silo}", $"--Tms:Cluster:GatewayPort={gateway}") with { Program = ApiProgram.Silo });

    private static async Task Answers(RunningApi api, HttpStatusCode status)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var since = WorkingTime.Start();
        while (await Ready(api) != status)
        {
            Assert.True(since.Elapsed < Limit, $"The Api did not answer {status} in {Limit}.{Environment.NewLine}{api.Output}");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<HttpStatusCode> Ready(RunningApi api)
    {
        using var answer = await api.Http.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
