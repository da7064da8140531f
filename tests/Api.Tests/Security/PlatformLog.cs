using System.Collections.Concurrent;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Access;
using Tms.Domain.Sessions;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Api.Tests.Security;

/// <summary>The platform's log in memory: it can be taken away, and its signals lost.</summary>
internal sealed class PlatformLog(TimeProvider time) : PartialLog, IPartitionSignals
{
    private readonly Lock _gate = new();
    private readonly List<RecordedEvent> _events = [];
    private TaskCompletionSource _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public volatile bool IsDown;

    public volatile bool IsDeaf;

    public ConcurrentQueue<long> ReadAfter { get; } = [];

    public void End(Guid session) => Append(SessionEventTypes.Ended, session);

    /// <summary>A notice of access, as a command commits it beside its own events.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="at">When, by the clock of the node that wrote it; null: this node's.</param>
    public void Notice(AccessEvent notice, DateTimeOffset? at = null)
    {
        var type = TmsEvents.Catalog.Of(notice);
        Append(type.Name, Guid.CreateVersion7(), type.Encode(notice), at);
    }

    public void Append(string type, Guid stream, byte[]? data = null, DateTimeOffset? at = null)
    {
        lock (_gate) _events.Add(Event(type, stream, data, at));
        Signal();
    }

    /// <summary>Other tenants of the partition have committed something.</summary>
    public void Signal() => Interlocked.Exchange(ref _committed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>A restore: what came last never happened.</summary>
    public void Forget(int events)
    {
        lock (_gate) _events.RemoveRange(_events.Count - events, events);
    }

    public override Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default)
    {
        ReadAfter.Enqueue(after.Value);
        return Answer<IReadOnlyList<RecordedEvent>>(() => [.. _events.Skip((int)after.Value).Take(limit)]);
    }

    public override Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default) =>
        Answer(() => new TenantHead(tenant, new(_events.Count), [], _events.Count == 0 ? 0 : _events[^1].TimeMicros));

    public GlobalPosition Heard(int partition)
    {
        lock (_gate) return new(_events.Count);
    }

    public async ValueTask<bool> WaitBeyond(int partition, GlobalPosition known, TimeSpan timeout, CancellationToken cancel)
    {
        if (!IsDeaf && Heard(partition).Value > known.Value) return true;
        var woken = IsDeaf ? new TaskCompletionSource().Task : Volatile.Read(ref _committed).Task;
        await woken.WaitAsync(timeout, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return woken.IsCompleted;
    }

    public void Advance(int partition, GlobalPosition head) => Signal();

    private Task<T> Answer<T>(Func<T> read)
    {
        if (IsDown) return Task.FromException<T>(new IOException("The log is down."));
        lock (_gate) return Task.FromResult(read());
    }

    private RecordedEvent Event(string type, Guid stream, byte[]? data, DateTimeOffset? at) => new()
    {
        Position = new(_events.Count + 1),
        Tenant = TenantId.Platform,
        Sequence = new(_events.Count + 1),
        Stream = new("sessions", stream),
        Version = new(1),
        Id = Guid.CreateVersion7(),
        Type = type,
        SchemaVersion = 1,
        TimeMicros = Micros.Of(at ?? time.GetUtcNow()),
        Data = data,
        Metadata = default,
        Hash = [],
    };
}
