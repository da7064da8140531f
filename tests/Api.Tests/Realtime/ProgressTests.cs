using Microsoft.Extensions.Time.Testing;
using Tms.Api.Realtime;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class ProgressTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 21, 8, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(Role.Hovedbruker)]
    [InlineData(Role.Elev)]
    public async Task Progress_comes_at_most_once_a_second_and_always_after_the_last_event(Role role)
    {
        await using var host = await LiveHost.Start(time: _time);
        var client = await host.Connect(role);
        var watcher = await host.Connect(Role.Hovedbruker);
        await Task.WhenAll(client.Connected(), watcher.Connected());

        for (var n = 1; n <= 20; n++)
        {
            await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(n, "")));
            await watcher.Until(all => all.Count(received => received.Target == "event") == n);
        }

        Assert.Equal([1], watcher.Of("progress").Select(progress => progress.Position));
        await client.Reached(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(client.Reached(20), watcher.Reached(20));

        Assert.InRange(client.Of("progress").Length, 2, 2);
        var (first, last) = (LiveEpoch.Parse((await client.Connected()).Epoch)!, LiveEpoch.Parse(client.Of("progress")[^1].Epoch)!);
        Assert.True(last.Covers(first.History, first.Rights));
        Assert.Equal((0, 20), (first.Place.Sequence.Value, last.Place.Sequence.Value));
    }

    [Fact]
    public async Task Progress_never_runs_ahead_of_the_events()
    {
        await using var host = await LiveHost.Start(options => options.ProgressInterval = TimeSpan.FromMilliseconds(100));
        var client = await host.Connect();
        await client.Connected();

        for (var n = 0; n < 50; n++)
        {
            await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 40));
            await Task.Yield();
        }

        await client.Reached(2000);
        var served = 0L;
        foreach (var received in client.All)
        {
            served = received.Target == "event" ? received.Position : served;
            Assert.True(received.Target != "progress" || received.Position == served, $"progress {received.Payload} after event {served}");
        }
    }
}
