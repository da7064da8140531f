using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Realtime;
using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;
using Tms.Testing.Logging;

namespace Tms.Api.Tests.Realtime;

/// <summary>What a node's log tells of a bridge that fails for a while: its beginning and its end.</summary>
public sealed class RecoveryTests : IDisposable
{
    private readonly HeardLog _heard = new();

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task A_bridge_that_cannot_read_the_log_is_told_of_once_and_once_more_when_it_can()
    {
        await using var host = await LiveHost.Start(
            options => options.HeadCheck = TimeSpan.FromMilliseconds(100),
            services: services => services.AddSingleton<ILoggerProvider>(_heard));
        await (await host.Connect()).Connected();
        host.Log.IsDown = true;
        await Eventually.Holds(() => host.Log.FailedReads >= 3);

        host.Log.IsDown = false;
        await _heard.Says($"Information: Live bridge of {host.Company} reads the log again");

        Assert.Equal(1, _heard.Count($"Warning: Live bridge of {host.Company} could not read the log"));
    }

    [Fact]
    public async Task A_registration_that_fails_is_told_of_once_and_once_more_when_it_succeeds()
    {
        var (time, feeds, company) = (new FakeTimeProvider(), new FakeFeeds { Down = true }, Guid.CreateVersion7());
        var registration = new FeedRegistration(company, feeds, new Nobody(), time, _heard.For<FeedRegistration>());
        Renew(3);
        feeds.Down = false;
        Renew(3);
        await registration.End();

        Assert.Equal(3, feeds.Registrations);
        Assert.Equal(
            (1, 1),
            (
                _heard.Count($"Warning: Registration with the feed of {company} failed"),
                _heard.Count($"Information: Registered with the feed of {company} again")));

        void Renew(int times)
        {
            for (var i = 0; i < times; i++)
            {
                registration.Tick();
                time.Advance(ICompanyFeedGrain.Lease);
            }
        }
    }

    private sealed class Nobody : INodeFeed
    {
        public Task Deliver(DeliveredEvent[] events) => Task.CompletedTask;
    }
}
