using System.Globalization;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>Two real Api processes on one PostgreSQL database: with their silos inside, or both clients of one silo outside.</summary>
public abstract class TwoNodes(bool outside) : IAsyncLifetime
{
    /// <summary>How often a test may make requests in a window, where it is about that; so long that none ends meanwhile.</summary>
    private static readonly string[] Limits = [
        "--Tms:RateLimiting:Enabled=true", "--Tms:RateLimiting:PerCaller=5000", "--Tms:RateLimiting:Auth=5000",
        "--Tms:RateLimiting:WindowSeconds=86400"];

    private ApiProcess? _silo;

    internal ApiSite Site { get; private set; } = null!;

    internal ApiProcess A { get; private set; } = null!;

    internal ApiProcess B { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Site = await ApiSite.OnPostgres();
        if (outside) _silo = await ApiProcess.Start(Site.Settings() with { Program = ApiProgram.Silo });
        // Both at once: the first keys of the store are made in this race.
        var nodes = await Task.WhenAll(Start(), Start());
        (A, B) = (nodes[0], nodes[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
        if (_silo is not null) await _silo.DisposeAsync();
        Site.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One more node of the same cluster.</summary>
    internal Task<ApiProcess> Start(params string[] more) => Site.Start([.. Settings(outside), .. more]);

    /// <summary>One more node of the same cluster, inside the tests' process.</summary>
    internal Task<ApiInside> Host(params string[] more) => Site.Host([.. Settings(outside), .. more]);

    /// <summary>What every node is told.</summary>
    /// <param name="outside">Whether it is a client of a silo outside; else it has one inside.</param>
    internal static string[] Settings(bool outside) => [.. outside ? (string[])["--Tms:Silo=outside"] : [], .. Limits];

    /// <summary>A caller at a node.</summary>
    internal static Client At(RunningApi node, string? token = null) => new(() => node.Http, token);

    internal Task<Company> Register() => Companies.Register(At(A));

    /// <summary>A number of the node's metrics; null where it has none of that name.</summary>
    internal static async Task<double?> Metric(RunningApi node, string name)
    {
        var text = await node.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var line = text.Split('\n')
            .FirstOrDefault(l => l.StartsWith(name + " ", StringComparison.Ordinal) || l.StartsWith(name + "{", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Connects as soon as the user may have one more connection, which must be by then.</summary>
    internal static async Task<LiveClient> ConnectsWithin(TimeSpan limit, RunningApi node, Company company, string query = "")
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var since = WorkingTime.Start();
        while (true)
        {
            var client = new LiveClient(node.Http, company.Lead.Token, query);
            await client.Start();
            if ((await client.Until(all => all.Any(r => r.Target is "connected" or "error"))).Any(r => r.Target == "connected"))
                return client;
            await client.DisposeAsync();
            Assert.InRange(since.Elapsed, TimeSpan.Zero, limit);
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}

public sealed class NodesWithSilosInside() : TwoNodes(outside: false);

public sealed class NodesOfASiloOutside() : TwoNodes(outside: true);
