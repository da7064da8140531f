using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>
/// Reads the platform's log from where it could still matter, and notes what its events change in what this node remembers. Not for two
/// callers at once.
/// </summary>
internal sealed class RevocationReader(IEventReader log, Remembered node, TimeProvider time)
{
    private const int Page = 500;
    private RecordedEvent? _last;
    private CompanySequence? _after;

    /// <summary>Ends when everything that was committed before the call is noted.</summary>
    public async Task CatchUp(CancellationToken cancel)
    {
        _after ??= await Start(cancel);
        while (await Read(cancel))
        {
        }

        await node.Keys.Refresh(cancel);
    }

    // The last event is read again with what follows it: where another one, or none, has its place, the log was restored under a running
    // node.
    private async Task<bool> Read(CancellationToken cancel)
    {
        var after = _last is null ? _after!.Value : new(_last.Sequence.Value - 1);
        var events = await log.ReadCompany(TenantId.Platform, after, Page, cancel);
        if (_last is not null && (events.Count == 0 || events[0].Id != _last.Id))
        {
            (_last, _after) = (null, await Start(cancel));
            node.Companies.ForgetAll();
            return true;
        }

        foreach (var e in events) RevokingEvents.Apply(e, node);
        if (events.Count > 0) _last = events[^1];
        return events.GoesOn(Page);
    }

    // Times never fall along a tenant's sequence.
    private async Task<CompanySequence> Start(CancellationToken cancel)
    {
        var since = time.GetUtcNow() - RecentRevocations.Keep;
        var (low, high) = (0L, (await log.Head(TenantId.Platform, cancel)).Sequence.Value);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var at = await log.ReadCompany(TenantId.Platform, new(middle), 1, cancel);
            (low, high) = at is [var e] && e.Time < since ? (middle + 1, high) : (low, middle);
        }

        return new(low);
    }
}
