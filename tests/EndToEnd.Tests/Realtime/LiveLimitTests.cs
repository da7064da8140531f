using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Realtime;

/// <summary>On an Api with narrow limits: who does not read is dropped, and who has missed too much starts anew.</summary>
public sealed class LiveLimitTests : IAsyncLifetime
{
    private ApiSite _site = null!;
    private ApiInside _api = null!;

    private Client Anonymous => new(() => _api.Http);

    public async ValueTask InitializeAsync()
    {
        _site = await ApiSite.OnSqlite();
        // A node that was busy for seconds hears what was said meanwhile all at once: that is not what these clients are dropped for.
        _api = await _site.Host(
            "--Tms:Live:WriteTimeout=00:00:01", "--Tms:Live:SendBufferBytes=4096", "--Tms:Live:ResumeLimit=1000",
            "--Tms:Live:MessagesPerSecond=1000");
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        _site.Dispose();
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_dropped_and_slows_nobody()
    {
        var company = await Companies.Register(Anonymous);
        await Task.WhenAll(Enumerable.Range(0, 250).Select(_ => LiveWork.SentAndPaid(company.Lead)));
        await using var quick = await LiveClient.Connect(_api.Http, company.Lead.Token);
        var epoch = (await quick.Connected()).Epoch;
        await using var slow = await RawLive.Connect(_api.Http, company.Lead.Token);
        var rewind = $$"""{"type":1,"target":"Subscribe","arguments":[{"channels":[],"since":0,"epoch":"{{epoch}}"}]}""";
        var dropped = _api.Said("slow_client");
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!dropped.IsCompleted && await slow.TrySend(rewind)) await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        await dropped;
        await LiveWork.SentAndPaid(company.Lead);
        await quick.Until(all => all.Count(r => r.Target == "event") == 3);
    }

    [Fact]
    public async Task Who_has_missed_more_than_may_be_resumed_starts_anew()
    {
        var company = await Companies.Register(Anonymous);
        var (position, epoch) = await LiveClient.Head(_api.Http, company.Lead.Token);
        await Task.WhenAll(Enumerable.Range(0, 334).Select(_ => LiveWork.SentAndPaid(company.Lead)));
        await using var far = await LiveClient.Connect(_api.Http, company.Lead.Token, $"?since={position}&epoch={epoch}");
        Assert.Equal(position + 1002, (await far.First("resync")).Position);
        await using var near = await LiveClient.Connect(_api.Http, company.Lead.Token, $"?since={position + 2}&epoch={epoch}");
        await near.Reached(position + 1002);
        Assert.Equal(Enumerable.Range(3, 1000).Select(n => position + n), near.Positions);
        Assert.Empty(far.Of("event"));
    }
}
