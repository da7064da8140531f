using Tms.Domain.Access;
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

/// <summary>One aggregate's stream in the log: loading, folding, and turning decisions into units.</summary>
internal sealed class AggregateLog<TState, TCommand, TEvent>(IDecider<TState, TCommand, TEvent> decider, AggregateServices services, TenantId tenant, Guid id)
    where TState : class
    where TEvent : class
{
    private const int Page = 1000;

    public StreamName Stream { get; } = new(decider.StreamType, id);

    public TenantId Tenant => tenant;

    /// <summary>The state before the first event.</summary>
    public Folded<TState> Empty => new(decider.Initial, 0);

    /// <summary>The state now: the latest snapshot and every event after it.</summary>
    public async Task<Folded<TState>> Load()
    {
        var loaded = await services.Reader.Load(tenant, Stream, decider.SnapshotSchema);
        var start = loaded.Snapshot is { } s
            ? new Folded<TState>(Snapshots.Read(s.State, decider.SnapshotJson), s.Version.Value)
            : new Folded<TState>(decider.Initial, 0);
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

    /// <summary>An event of this stream as the store takes it.</summary>
    public EventData Data(TEvent e, Guid command, int index, UnitSeals? seals) => Data(e, Stream.Id, EventIds.Of(command, index), seals);

    /// <summary>Events of a new stream beside this one.</summary>
    public StreamAppend Related(RelatedEvents related, Guid command, int firstIndex, UnitSeals? seals) => new(
        tenant, new(related.StreamType, related.StreamId), StreamVersion.Empty,
        [.. related.Events.Select((e, i) => Data(e, related.StreamId, EventIds.Of(command, firstIndex + i), seals))]);

    /// <summary>Notices of a command, as a stream of their own in the platform's log; none of them tells of a person.</summary>
    public StreamAppend Notices(IReadOnlyList<object> notices, Guid command, int firstIndex) => new(
        TenantId.Platform, new(AccessEventTypes.Stream, command), StreamVersion.Empty, [.. notices.Select((e, i) => Data(e, command, EventIds.Of(command, firstIndex + i), null))]);

    /// <summary>What seals the events of a decision; null where none of them tells of a person.</summary>
    public async ValueTask<UnitSeals?> Seals(IReadOnlyList<TEvent> own, IReadOnlyList<RelatedEvents> related)
    {
        UnitSeals? seals = null;
        if (TellsOfPerson(own)) await (seals ??= new(services.PersonKeys.Value, tenant)).Add(Stream.Id);
        for (var i = 0; i < related.Count; i++)
        {
            if (TellsOfPerson(related[i].Events)) await (seals ??= new(services.PersonKeys.Value, tenant)).Add(related[i].StreamId);
        }

        return seals;
    }

    /// <summary>Has this silo open nothing any more with keys that a unit has destroyed.</summary>
    public void Forget(IReadOnlyList<Secret> secrets)
    {
        for (var i = 0; i < secrets.Count; i++)
        {
            if (secrets[i] is { Kind: PersonKeys.Kind, Value: null }) services.PersonKeys.Value.Forget();
        }
    }

    private bool TellsOfPerson<T>(IReadOnlyList<T> events)
        where T : class
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (services.Catalog.Of(events[i]).PersonalMembers.Count > 0) return true;
        }

        return false;
    }

    private EventData Data(object e, Guid person, Guid id, UnitSeals? seals)
    {
        var type = services.Catalog.Of(e);
        var json = type.Encode(e);
        if (type.PersonalMembers.Count > 0)
        {
            json = (seals ?? throw new NotSupportedException($"{type.Name} tells of a person and cannot be made while it is stored.")).Seal(json, type, person, id);
        }

        return new EventData(id, type.Name, type.SchemaVersion, json, e);
    }

    private Folded<TState> Fold(Folded<TState> folded, RecordedEvent e)
    {
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
