using System.Collections.Concurrent;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Api.Tests.Realtime;

/// <summary>A log in memory that the test appends to; reads can be counted and made to fail.</summary>
internal sealed class FakeLog : PartialLog
{
    private readonly ConcurrentDictionary<Guid, List<RecordedEvent>> _companies = new();
    private int _reads;
    private int _failedReads;
    private int _headReads;
    private int _headsReads;

    public Guid History { get; set; } = Guid.CreateVersion7();

    public volatile bool IsDown;

    public int FailedReads => Volatile.Read(ref _failedReads);

    /// <summary>Questions for the head of one company, and for the heads of many.</summary>
    public (int One, int Many) HeadsRead => (Volatile.Read(ref _headReads), Volatile.Read(ref _headsReads));

    public int PagesRead => Volatile.Read(ref _reads);

    public RecordedEvent Append(Guid company, object e, Guid? stream = null)
    {
        var type = TestEvents.Catalog.Of(e);
        return Append(company, type.Name, type.SchemaVersion, type.Encode(e), stream);
    }

    public RecordedEvent Append(Guid company, string type, int schemaVersion, byte[] data, Guid? stream = null)
    {
        var events = _companies.GetOrAdd(company, static _ => []);
        lock (events)
        {
            var recorded = Recorded(company, events.Count + 1, type, schemaVersion, data) with
            {
                Stream = new("things", stream ?? Guid.CreateVersion7()),
            };
            recorded = recorded with { Hash = HashChain.Next(HashOf(company, events), recorded) };
            events.Add(recorded);
            return recorded;
        }
    }

    public RecordedEvent[] AppendMany(Guid company, int count, int length = 4) =>
        [.. Enumerable.Range(0, count).Select(n => Append(company, new CompanyUpdated(n, new string('x', length))))];

    /// <summary>A restore of an older dump: fewer events, another history.</summary>
    public void Restore(Guid company, int events)
    {
        CutAfter(company, events);
        History = Guid.CreateVersion7();
    }

    /// <summary>A copy of the data put back, or a failover that lost commits: fewer events, and nothing tells of it.</summary>
    public void CutAfter(Guid company, int events)
    {
        lock (_companies[company])
        {
            _companies[company].RemoveRange(events, _companies[company].Count - events);
        }
    }

    /// <summary>The log's hash after an event.</summary>
    public byte[] HashAt(Guid company, long sequence) =>
        HashOf(company, _companies.GetOrAdd(company, static _ => []).Take((int)sequence).ToList());

    public override async Task<IReadOnlyList<RecordedEvent>> ReadCompany(
        TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _reads);
        await Answer();
        var events = _companies.GetOrAdd(tenant.Value, static _ => []);
        lock (events)
        {
            return [.. events.Skip((int)after.Value).Take(limit)];
        }
    }

    public override async Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _headReads);
        await Answer();
        return Head(tenant);
    }

    private TenantHead Head(TenantId tenant)
    {
        var events = _companies.GetOrAdd(tenant.Value, static _ => []);
        lock (events)
        {
            return new(tenant, new(events.Count), HashOf(tenant.Value, events), 0);
        }
    }

    public override async Task<IReadOnlyDictionary<TenantId, TenantHead>> Heads(
        IReadOnlyCollection<TenantId> tenants, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref _headsReads);
        await Answer();
        return tenants.ToDictionary(tenant => tenant, Head);
    }

    public override async Task<Guid> Epoch(CancellationToken cancel = default)
    {
        await Answer();
        return History;
    }

    private static byte[] HashOf(Guid company, List<RecordedEvent> events) =>
        events.Count == 0 ? HashChain.Genesis(new(company)) : events[^1].Hash;

    private async Task Answer()
    {
        await Task.Yield();
        if (IsDown)
        {
            Interlocked.Increment(ref _failedReads);
            throw new IOException("The log is down.");
        }
    }

    private static RecordedEvent Recorded(Guid company, long sequence, string type, int schemaVersion, byte[] data) => new()
    {
        Position = new(sequence),
        Tenant = new(company),
        Sequence = new(sequence),
        Stream = new("things", Guid.CreateVersion7()),
        Version = new(1),
        Id = Guid.CreateVersion7(),
        Type = type,
        SchemaVersion = schemaVersion,
        TimeMicros = 1_790_000_000_123_456,
        Data = data,
        Metadata = new EventMetadata("tester", "correlation", Guid.CreateVersion7(), TraceParent: "00-trace").Encode(),
        Hash = [],
    };
}
