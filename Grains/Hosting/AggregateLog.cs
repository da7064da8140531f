using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>What every aggregate grain needs beside its decider.</summary>
public sealed record AggregateServices(
    IEventReader Reader, IEventSearch Search, IEventWriter Writer, IEventOpener Opener, Lazy<PersonKeys> PersonKeys, EventCatalog Catalog,
    TimeProvider Time,
    Standstill Standstill)
{
    /// <summary>Name of the log consistency provider that silos register.</summary>
    public const string LogProvider = "tms";
}

/// <summary>One aggregate's stream in the log: loading and folding.</summary>
internal sealed class AggregateLog<TState, TCommand, TEvent>(
    IDecider<TState, TCommand, TEvent> decider, AggregateServices services, TenantId tenant, Guid id)
    where TState : class
    where TEvent : class
{
    private const int Page = 1000;

    private readonly SnapshotReader<TState> _snapshots =
        new(services.Reader, new(services, tenant, typeof(TEvent), decider.SnapshotSchema), decider.SnapshotJson, decider.Initial);

    public StreamName Stream { get; } = new(decider.StreamType, id);

    public TenantId Tenant => tenant;

    /// <summary>Snapshots on their way, sealed where they must be.</summary>
    public StreamSnapshots Snapshots => _snapshots.Stored;

    /// <summary>The state before the first event.</summary>
    public Folded<TState> Empty => new(decider.Initial, 0);

    /// <summary>The state now: the latest snapshot and every event after it.</summary>
    public async Task<Folded<TState>> Load()
    {
        var loaded = await services.Reader.Load(tenant, Stream, Snapshots.Schema);
        var start = loaded.Snapshot is { } snapshot ? await _snapshots.Read(snapshot) : Empty;
        return start is not null
            ? (await services.Opener.Open(loaded.Events)).Aggregate(start, Fold)
            : await FoldTo(Stream, int.MaxValue) is { } folded ? folded with { Snapshot = default } : Empty;
    }

    /// <summary>
    /// A stream's state at a version, from the nearest snapshot on; its last one where it has fewer events, null where it has none.
    /// </summary>
    public async Task<Folded<TState>?> FoldTo(StreamName stream, int version)
    {
        var folded = await _snapshots.Nearest(stream, version);
        while (folded.Version < version)
        {
            var limit = Math.Min(Page, version - folded.Version);
            var events = await services.Reader.ReadStream(tenant, stream, new(folded.Version), limit);
            folded = (await services.Opener.Open(events)).Aggregate(folded, Fold);
            if (!events.GoesOn(limit)) break;
        }

        return folded.Version == 0 ? null : folded;
    }

    /// <summary>How many events the stream had at a time, those of that microsecond included.</summary>
    public async Task<int> VersionAt(DateTimeOffset time)
    {
        DateTimeOffset? after = time < DateTimeOffset.MaxValue.AddMicroseconds(-1) ? time.AddMicroseconds(1) : null;
        return (int)((await services.Search.Span(tenant, Stream, null, after)).Beyond - 1);
    }

    /// <summary>The version right after a command without a key, when its events are in this stream.</summary>
    public async Task<int?> VersionAfter(Guid command)
    {
        if (await services.Reader.FindEvent(tenant, Stream, command) is not { } first) return null;
        var (before, version) = (first.Value - 1, first.Value - 1);
        while (true)
        {
            var events = await services.Reader.ReadStream(tenant, Stream, new(version), Page);
            var own = events.TakeWhile(e => e.Id == EventIds.Of(command, e.Version.Value - before - 1)).Count();
            version += own;
            if (own < events.Count || !events.GoesOn(Page)) return version;
        }
    }

    /// <summary>Whether what a key says is what this command did, and not an earlier one with the same key.</summary>
    public async Task<bool> Was(CommandRecord record, Guid command) =>
        await services.Reader.ReadStream(tenant, record.Stream, new(record.Version.Value - 1), 1) is [var last]
            && EventIds.IsOf(command, last.Id);

    /// <exception cref="InvalidDataException">
    /// An event is missing: a state without it would be decided on, and be kept by the next snapshot.
    /// </exception>
    private Folded<TState> Fold(Folded<TState> folded, RecordedEvent e)
    {
        if (e.Version.Value != folded.Version + 1)
        {
            throw new InvalidDataException(
                $"{e.Stream} was read with version {e.Version} right after {folded.Version}: events are missing.");
        }

        var decoded = (TEvent)services.Catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span);
        return folded with
        {
            State = decider.Evolve(folded.State, decoded, new EventFacts(e.Stream.Id, e.Version.Value, e.Time)),
            Version = e.Version.Value,
        };
    }
}

/// <summary>A state and the version it was folded to.</summary>
internal sealed record Folded<TState>(TState State, int Version)
{
    /// <summary>The snapshot it started from.</summary>
    public SnapshotMark Snapshot { get; init; }
}
