namespace Tms.EventStore.Tests.Stores;

/// <summary>A log that goes on whenever somebody has asked where it ends and begins to read.</summary>
internal sealed class RunningLog(IEventReader inner, Func<Task> goOn) : PassingReader(inner)
{
    private bool _asked;

    public override Task<TenantHead> Head(TenantId tenant, CancellationToken cancel)
    {
        _asked = true;
        return base.Head(tenant, cancel);
    }

    public override async Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel)
    {
        var events = await base.ReadCompany(tenant, after, limit, cancel);
        if (_asked) await goOn();
        _asked = false;
        return events;
    }
}
