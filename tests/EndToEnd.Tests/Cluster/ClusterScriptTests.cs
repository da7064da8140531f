using System.Globalization;
using System.Text.RegularExpressions;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>A cluster as an operator starts it: its own PostgreSQL, two silos, two API nodes, and HAProxy in front.</summary>
public sealed partial class ClusterScriptTests
{
    private const string Invoices = "/api/v2/economy/invoices";
    private static readonly string[] Nodes = ["api-1", "api-2", "gateway", "night", "pg", "silo-1", "silo-2"];

    [Fact]
    public async Task A_cluster_starts_serves_through_its_gateway_outlives_a_killed_silo_and_stops_cleanly()
    {
        await using var cluster = new ClusterScript();
        Assert.Contains(
            $"TMS is ready: {cluster.Gateway.GetLeftPart(UriPartial.Authority)} ",
            await cluster.Succeed("up", "--port-offset", cluster.Offset), StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = cluster.Gateway, Timeout = TimeSpan.FromSeconds(30) };
        var company = await Companies.Register(new Client(() => http));
        await using var live = await LiveClient.Connect(http, company.Lead.Token);
        var invoice = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        (await company.Lead.Post($"{Invoices}/{invoice}/send")).Expect(200);

        await cluster.Succeed("kill", "silo-2");
        Assert.Equal("paid", (await Insist(company, $"{Invoices}/{invoice}/pay"))["status"].GetString());
        await live.Until(all => all.Any(r => r.Target == "event" && r.Type == "INVOICE_PAID"));
        Assert.Equal(live.Positions.Distinct().Order(), live.Positions);
        await Says(cluster, "silo-2", "down");

        var stopped = Stopped().Matches(await cluster.Succeed("down")).ToDictionary(m => m.Groups[1].Value, m => m.Groups[3].Value);
        Assert.Equal(Nodes.Where(n => n != "silo-2"), stopped.Keys.Order());
        Assert.All(stopped, node => Assert.Equal("0", node.Value));
        foreach (var node in Nodes) await Says(cluster, node, "down");
    }

    /// <summary>Repeats a command, with its key, until the cluster has noticed what it lost.</summary>
    private static async Task<Answer> Insist(Company company, string path)
    {
        var key = Some.Key();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        Answer answer;
        while ((answer = await company.Lead.Post(path, null, ("Idempotency-Key", key))).Status == 503)
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        return answer.Expect(200);
    }

    private static async Task Says(ClusterScript cluster, string node, string health)
    {
        var (code, output) = await cluster.Run("status");
        Assert.Equal(1, code);
        Assert.Matches(string.Create(CultureInfo.InvariantCulture, $@"(?m)^{node} +- +{health} "), output);
    }

    [GeneratedRegex(@"^(\S+) +stopped in ([0-9.]+) s, exit code (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Stopped();
}
