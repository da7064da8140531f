using Npgsql;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing;
using Tms.Testing.Live;
using Tms.Testing.Network;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>A node that the cluster still talks to, and that cannot read the log: it cannot know what has been taken from whom.</summary>
[Collection(AloneCollection.Name)]
public sealed class CutOffTests(NodesOfASiloOutside nodes)
{
    private const string Invoices = LiveWork.Invoices;
    private const string Taken = "tms_live_lag_seconds_count";
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task It_serves_nobody_by_what_it_once_knew_and_goes_on_where_it_stood()
    {
        var site = new NpgsqlConnectionStringBuilder(nodes.Site.Postgres);
        using var relay = TcpProxy.Before(site.Host!, site.Port);
        var through = new NpgsqlConnectionStringBuilder(nodes.Site.Postgres) { Host = "127.0.0.1", Port = relay.Port, CommandTimeout = 5 };
        await using var node = await nodes.Start($"--ConnectionStrings:Tms={through}");
        var company = await nodes.Register();
        var person = await Colleague.Join(TwoNodes.At(nodes.A), company, "BRUKER");
        await using var demoted = await LiveClient.Connect(node.Http, person.Client.Token);
        await using var lead = await LiveClient.Connect(node.Http, company.Lead.Token);
        (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        await Task.WhenAll(demoted.First("event"), lead.First("event"));

        relay.Silence();
        (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "ELEV" }, ("If-Match", "*"))).Expect(200);
        using var since = WorkingTime.Start();

        while ((await TwoNodes.At(node, person.Client.Token).Get("/api/v2/users/profile")).Status == 200)
            Assert.InRange(since.Elapsed, TimeSpan.Zero, Bound);
        using (var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
        {
            while (since.Elapsed < Bound) await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            var before = await TwoNodes.Metric(node, Taken);
            var late = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
            while (await TwoNodes.Metric(node, Taken) == before) await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            (await TwoNodes.At(node, person.Client.Token).Get("/api/v2/users/profile")).Expect(503);
            Assert.DoesNotContain(lead.Of("event"), e => e.Subject == $"invoices/{late}");

            relay.Recover();
            await lead.Until(all => all.Any(r => r.Target == "event" && r.Subject == $"invoices/{late}"));
            await demoted.Revoked();
            Assert.DoesNotContain(demoted.Of("event"), e => e.Subject == $"invoices/{late}");
        }

        Assert.Equal(401, (await TwoNodes.At(node, person.Client.Token).Get("/api/v2/users/profile")).Status);
        await node.Stop();
    }
}
