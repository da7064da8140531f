using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;
using Tms.Testing.Live;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>Two nodes on one PostgreSQL database are one cluster; one is a process of its own, and is killed at work.</summary>
[Collection(AloneCollection.Name)]
public sealed class KilledNodeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Killing_one_of_two_nodes_under_load_loses_doubles_and_breaks_nothing()
    {
        using var site = await ApiSite.OnPostgres();
        await using var stays = await site.Host();
        await using var dies = await site.Start();
        Assert.Equal(2, await PostgresDatabases.Scalar<long>(site.Postgres!, "select count(*) from orleans_member where status = 3"));
        var companies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Companies.Register(new Client(() => stays.Http))));
        await using var watcher = await Connect(stays, companies[0]);
        await using var victim = await Connect(dies, companies[0]);
        var load = new InvoiceLoad([stays, dies], companies);
        load.Start(clients: 16);
        await load.Until(all => all.Count >= 300, Limit);

        await dies.Kill();
        var killed = Stopwatch.GetTimestamp();
        await load.Until(all => companies.All(c => all.Count(a => a.Company == c.Id && a.Started > killed) >= 20), Limit);
        await load.Stop().WaitAsync(Limit, TestContext.Current.CancellationToken);

        GoesOnWithinSeconds(load.All, companies, killed);
        await using var witness = new LogWitness(site);
        foreach (var company in companies) EachOnce(await witness.Sound(company.Id), [.. load.All.Where(a => a.Company == company.Id)]);
        await Resumes(watcher, victim, stays, companies[0], (await witness.Sound(companies[0].Id)).Count);
    }

    private static Task<LiveClient> Connect(RunningApi node, Company company, string query = "") =>
        LiveClient.Connect(node.Http, company.Lead.Token, query);

    private static void GoesOnWithinSeconds(IReadOnlyList<Acknowledged> all, Company[] companies, long killed)
    {
        var served = companies.Max(
            c => Stopwatch.GetElapsedTime(killed, all.Where(a => a.Company == c.Id && a.Started > killed).Min(a => a.Done)));
        var longest = all.Where(a => a.Done > killed).Max(a => Stopwatch.GetElapsedTime(Math.Max(a.Started, killed), a.Done));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Count} commands; every company was served again after {served.TotalSeconds:0.0} s; the longest wait for one command "
                + $"was {longest.TotalSeconds:0.0} s"));
        Assert.InRange(served, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    /// <summary>What was acknowledged is in the log once, nothing else is, and numbers have no gap.</summary>
    private static void EachOnce(IReadOnlyList<RecordedEvent> log, Acknowledged[] acknowledged)
    {
        Assert.Equal(acknowledged.Where(a => a.Number is null).Select(a => a.Invoice).Order(), Of(log, "INVOICE_CREATED").Order());
        Assert.Equal(acknowledged.Where(a => a.Number is not null).Select(a => a.Invoice).Order(), Of(log, "INVOICE_SENT").Order());
        var sent = log.Where(e => e.Type == "INVOICE_SENT").ToDictionary(e => e.Stream.Id, Number);
        Assert.Equal(Enumerable.Range(1, sent.Count).Select(n => (long)n), sent.Values.Order());
        foreach (var a in acknowledged.Where(a => a.Number is not null)) Assert.Equal(sent[a.Invoice], a.Number);
    }

    private static IEnumerable<Guid> Of(IReadOnlyList<RecordedEvent> log, string type) =>
        log.Where(e => e.Type == type).Select(e => e.Stream.Id);

    private static long Number(RecordedEvent sent)
    {
        using var data = JsonDocument.Parse(sent.Data);
        return data.RootElement.GetProperty("issue").GetProperty("number").GetInt64();
    }

    /// <summary>Who was connected to the dead node goes on at the other, and misses and repeats nothing.</summary>
    private static async Task Resumes(LiveClient watcher, LiveClient victim, RunningApi node, Company company, long head)
    {
        await victim.Closed();
        var last = victim.All.Where(r => r.Target is "connected" or "event" or "progress").Max(r => r.Position);
        await using var resumed = await Connect(node, company, $"?since={last}&epoch={(await victim.Connected()).Epoch}");
        await resumed.Reached(head);
        await watcher.Reached(head);
        Assert.Empty(resumed.Of("resync"));
        Assert.NotEmpty(victim.Positions);
        Assert.Equal(watcher.Positions, victim.Positions.Concat(resumed.Positions));
    }
}
