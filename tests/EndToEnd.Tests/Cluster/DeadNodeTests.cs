using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>A node dies without a word: what it held for its users is theirs again.</summary>
[Collection(AloneCollection.Name)]
public sealed class DeadNodeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_connections_are_forgotten_and_its_clients_resume_elsewhere(bool outside)
    {
        using var site = await ApiSite.OnPostgres();
        await using var silo = outside ? await ApiInside.Start(site.Settings() with { Program = ApiProgram.Silo }) : null;
        await using var stays = await site.Host(TwoNodes.Settings(outside));
        await using var dies = await site.Start(TwoNodes.Settings(outside));
        var company = await Companies.Register(TwoNodes.At(stays));
        await using var watcher = await LiveClient.Connect(stays.Http, company.Lead.Token);
        var victims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => LiveClient.Connect(dies.Http, company.Lead.Token)));
        await LiveWork.SentAndPaid(company.Lead);
        await Task.WhenAll(victims.Append(watcher).Select(client => client.Until(all => all.Count(r => r.Target == "event") == 3)));
        var seen = victims[0].Positions[^1];

        await dies.Kill();
        using var since = WorkingTime.Start();
        await Insist(company.Lead);

        await using var resumed = await TwoNodes.ConnectsWithin(
            TimeSpan.FromSeconds(15) - since.Elapsed, stays, company, $"?since={seen}&epoch={(await victims[0].Connected()).Epoch}");
        TestContext.Current.TestOutputHelper?.WriteLine($"room for one more {since.Elapsed} after the kill");
        await resumed.Reached(seen + 1);
        Assert.Equal([seen + 1], resumed.Positions);
        Assert.Empty(resumed.Of("resync"));
        foreach (var victim in victims) await victim.DisposeAsync();
    }

    // While the cluster finds out that a silo is dead, it may ask to come again.
    private static async Task Insist(Client lead)
    {
        var key = ("Idempotency-Key", Some.Key());
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var answer = await Create(); answer.Status != 201; answer = await Create())
        {
            answer.ExpectProblem(503, "unavailable");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Task<Answer> Create() => lead.Post(LiveWork.Invoices, Some.Invoice(), key);
    }
}
