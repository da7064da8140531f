using Tms.Grains.Abstractions.Realtime;

namespace Tms.Api.Realtime;

/// <summary>This node's registration with one company's feed: renewed three times per lease, one call at a time.</summary>
/// <remarks>A call that fails is made again at the next renewal; meanwhile the bridge finds events by asking the log.</remarks>
internal sealed class FeedRegistration(Guid tenant, ICompanyFeeds feeds, INodeFeed node, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = ICompanyFeedGrain.Lease / 3;

    private Task _call = Task.CompletedTask;
    private long _calledAt;
    private bool _called;
    private bool _registered;
    private bool _failing;

    /// <summary>
    /// Called after the first registration, and the first after one that failed: what was committed before may not have been delivered.
    /// </summary>
    public Action? Registered { get; set; }

    /// <summary>Renews when it is time. Called by the node's one timer.</summary>
    public void Tick()
    {
        if (_call.IsCompleted && (!_called || time.GetElapsedTime(_calledAt) >= Interval))
        {
            (_called, _calledAt) = (true, time.GetTimestamp());
            _call = Quietly(Register);
        }
    }

    /// <summary>Ends the registration, after the call that is under way.</summary>
    public async Task End()
    {
        await _call;
        await Quietly(feeds.Unregister);
    }

    private async Task Register(Guid company, INodeFeed owner)
    {
        await feeds.Register(company, owner);
        if (_failing) log.RegistrationRecovered(company);
        if (_failing || !_registered) Registered?.Invoke();
        (_registered, _failing) = (true, false);
    }

    private async Task Quietly(Func<Guid, INodeFeed, Task> call)
    {
        try
        {
            await call(tenant, node);
        }
        catch (Exception failure)
        {
            if (!_failing) log.RegistrationFailed(failure, tenant);
            _failing = true;
        }
    }
}
