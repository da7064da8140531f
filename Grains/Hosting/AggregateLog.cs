using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>What every aggregate grain needs beside its decider.</summary>
public sealed record AggregateServices(
    IEventReader Reader, IEventWriter Writer, IEventOpener Opener, Lazy<PersonKeys> PersonKeys, EventCatalog Catalog, TimeProvider Time)
{
    /// <summary>Name of the log consistency provider that silos register.</summary>
    public const string LogProvider = "tms";
}

/// <summary>One aggregate's stream in the log: loading and folding.</summary>
internal sealed class AggregateLog<TState, TCommand, TEvent>(IDecider<TState, TCommand, TEvent> decider, AggregateServices services, TenantId tenant, Guid id)
    where TState : class
    where TEvent : class
{
    private const int Page = 1000;

    public StreamName Stream { get; } = new(decider.StreamType, id);

    public TenantId Tenant => tenant;

    /// <summary>The stream's snapshots, sealed where they must be.</summary>
    public StreamSnapshots Snapshots { get; } = new(services, tenant, new(decider.StreamType, id), typeof(TEvent), decider.SnapshotSchema);

    /// <summary>The state before the first event.</summary>
    public Folded<TState> Empty => new(decider.Initial, 0);

    /// <summary>The state now: the latest snapshot and every event after it.</summary>
    public async Task<Folded<TState>> Load()
    {
        var loaded = await Snapshots.Open(await services.Reader.Load(tenant, Stream, Snapshots.Schema));
        var start = Empty;
        if (loaded.Snapshot is { } s)
        {
            if (Hosting.Snapshots.Read(s.State, decider.SnapshotJson) is not { } state) return await FoldWhile(Stream, static _ => true) ?? Empty;
            start = new(state, s.Version.Value);
        }

        return (await services.Opener.Open(loaded.Events)).Aggregate(start, Fold) with { Snapshot = new(start.Version, loaded.Snapshot?.State.Length ?? 0) };
    }

    /// <summary>A stream's state as long as <paramref name="include"/> says so; null when that is before its first event.</summary>
    public async Task<Folded<TState>?> FoldWhile(StreamName stream, Func<RecordedEvent, bool> include)
    {
        var folded = new Folded<TState>(decider.Initial, 0);
        while (true)
        {
            var events = await services.Reader.ReadStream(tenant, stream, new(folded.Version), Page);
            foreach (var e in await services.Opener.Open(events))
            {
                if (!include(e))
                {
                    return folded.Version == 0 ? null : folded;
                }

                folded = Fold(folded, e);
            }

            if (events.Count < Page)
            {
                return folded.Version == 0 ? null : folded;
            }
        }
    }

    /// <summary>The version right after a command, when its events are in this stream.</summary>
    public async Task<int?> VersionAfter(Guid command)
    {
        if (await services.Reader.FindEvent(tenant, Stream, command) is not { } first)
        {
            return null;
        }

        var events = await services.Reader.ReadStream(tenant, Stream, new(first.Value - 1), Page);
        return first.Value - 1 + events.TakeWhile((e, i) => e.Id == EventIds.Of(command, i)).Count();
    }

    /// <exception cref="InvalidDataException">An event is missing: a state without it would be decided on, and be kept by the next snapshot.</exception>
    private Folded<TState> Fold(Folded<TState> folded, RecordedEvent e)
    {
        if (e.Version.Value != folded.Version + 1)
        {
            throw new InvalidDataException($"{e.Stream} was read with version {e.Version} right after {folded.Version}: events are missing.");
        }

        var decoded = (TEvent)services.Catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span);
        return folded with { State = decider.Evolve(folded.State, decoded, new EventFacts(e.Stream.Id, e.Version.Value, e.Time)), Version = e.Version.Value };
    }
}

/// <summary>A state and the version it was folded to.</summary>
internal sealed record Folded<TState>(TState State, int Version)
{
    /// <summary>The snapshot it started from.</summary>
    public SnapshotMark Snapshot { get; init; }
}
