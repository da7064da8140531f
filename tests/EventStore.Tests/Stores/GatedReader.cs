namespace Tms.EventStore.Tests.Stores;

/// <summary>Reads the log, and holds back what it read of a tenant's log in one of the reads, counted from 1.</summary>
internal sealed class GatedReader(IEventReader inner, TenantId gated, int read) : PassingReader(inner)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;

    /// <summary>Whose reads count.</summary>
    public TenantId Gated { get; set; } = gated;

    /// <summary>Ends when the log was read and the reader does not know it yet.</summary>
    public Task Reached => _reached.Task;

    public void Open() => _open.SetResult();

    public override async Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel)
    {
        var events = await base.ReadCompany(tenant, after, limit, cancel);
        if (tenant != Gated || Interlocked.Increment(ref _reads) != read) return events;
        _reached.SetResult();
        await _open.Task;
        return events;
    }
}
