using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Hosting;

/// <summary>Turns what was decided of one aggregate into what is appended; what events say of persons is sealed.</summary>
internal sealed class UnitMaker<TEvent>(AggregateServices services, TenantId tenant, StreamName stream)
    where TEvent : class
{
    /// <summary>
    /// The unit of what was decided. What it draws is filled in and sealed inside the append, with keys that are at hand by then.
    /// </summary>
    /// <param name="decision">What was decided; of one that draws numbers, the outline.</param>
    /// <param name="version">The version that it was decided on.</param>
    /// <param name="context">Whose command it was.</param>
    /// <param name="snapshot">What rides along.</param>
    /// <returns>
    /// The unit; and whether its events may be folded as they were decided. Not so where they tell of erased persons: only what is stored
    /// of them may.
    /// </returns>
    public async ValueTask<(AppendUnit Unit, bool IsWhole)> Make(
        Decision<TEvent>.Accepted decision, int version, CommandContext context, Snapshot? snapshot)
    {
        var seals = await Seals(decision, context.CommandId);
        var draws = decision.Draws.Count > 0;
        var unit = new AppendUnit
        {
            Tenant = tenant,
            Metadata = new EventMetadata(
                context.Actor, context.CorrelationId, context.CommandId, context.CausationId, context.TraceParent,
                context.ActorCompany).Encode(),
            Streams = [.. Streams(decision, version, new(context.CommandId, seals, draws))],
            Draw = draws
                ? new NumberDraw(
                    decision.Draws, numbers => Completed(decision.With(numbers), version, new(context.CommandId, seals, false)))
                : null,
            Key = context.KeyHash is { } hash ? new CommandKey(hash, context.KeyFingerprint ?? hash) : null,
            Reservations = [.. Reservations(decision.Unique), .. seals?.Marks ?? [], .. await MarksOfErased(decision, context.CommandId)],
            Releases = Reservations(decision.Released),
            Secrets = [.. decision.Secrets.Select(s => new Secret(tenant, s.Subject, s.Kind, s.Value)), .. seals?.Made ?? []],
            Blobs = decision.Files.Count > 0 ? [.. decision.Files.Select(Use)] : [],
            Snapshot = snapshot,
        };
        return (unit, seals is not { TellOfErased: true });
    }

    /// <summary>Has this process open nothing any more with keys that a unit has destroyed.</summary>
    public void Forget(AppendUnit unit)
    {
        for (var i = 0; i < unit.Secrets.Count; i++)
        {
            if (unit.Secrets[i] is { Kind: PersonKeys.Kind, Value: null }) services.PersonKeys.Value.Forget();
        }
    }

    private IEnumerable<StreamAppend> Streams(Decision<TEvent>.Accepted decision, int version, Making making)
    {
        var index = decision.Events.Count;
        yield return new(tenant, stream, new(version), Data(decision.Events, stream.Id, 0, making));
        foreach (var related in decision.Related)
        {
            yield return new(
                tenant, new(related.StreamType, related.StreamId), new(related.Version),
                Data(related.Events, related.StreamId, index, making));
            index += related.Events.Count;
        }

        if (decision.Notices.Count > 0)
        {
            // A stream of their own in the platform's log; none of them tells of a person.
            yield return new(
                TenantId.Platform, new(AccessEventTypes.Stream, making.Command), StreamVersion.Empty,
                Data(decision.Notices, making.Command, index, making));
        }
    }

    private EventData[] Completed(Decision<TEvent>.Accepted decision, int version, Making making) =>
        [.. Streams(decision, version, making).SelectMany(static s => s.Events)];

    private Reservation[] Reservations(IReadOnlyList<UniqueValue> values) => values.Count > 0
        ? [.. values.Select(u => new Reservation(u.Scope, u.Value, tenant, u.Owner))]
        : [];

    private BlobUse Use(NamedFile file) =>
        new(
            new(new(tenant, file.Person), BlobHash.Parse(file.Hash) ?? throw new ArgumentException($"'{file.Hash}' is no hash of a file.")),
            stream, file.Ends);

    private async ValueTask<UnitSeals?> Seals(Decision<TEvent>.Accepted decision, Guid command)
    {
        HashSet<Guid>? persons = null;
        AddPersons(decision.Events, stream.Id, ref persons);
        for (var i = 0; i < decision.Related.Count; i++) AddPersons(decision.Related[i].Events, decision.Related[i].StreamId, ref persons);
        return persons is null ? null : await UnitSeals.For(services, tenant, persons, command);
    }

    private void AddPersons(IReadOnlyList<object> events, Guid streamId, ref HashSet<Guid>? persons)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var type = services.Catalog.Of(events[i]);
            if (TellsOfPersons(type)) PersonalJson.AddSealed(persons ??= [], type, events[i], streamId);
        }
    }

    /// <summary>A person whose key is older than marks are gets one with its erasure, so that nobody makes a key for it again.</summary>
    private async ValueTask<IReadOnlyList<Reservation>> MarksOfErased(Decision<TEvent>.Accepted decision, Guid command)
    {
        List<Reservation>? marks = null;
        foreach (var secret in decision.Secrets)
        {
            if (secret is not { Kind: PersonKeys.Kind, Value: null }) continue;
            var mark = PersonKeys.Mark(tenant, secret.Subject, command);
            if (await services.Reader.FindReservation(mark.Scope, mark.Value) is null) (marks ??= []).Add(mark);
        }

        return marks ?? [];
    }

    private EventData[] Data(IReadOnlyList<object> events, Guid streamId, int firstIndex, Making making)
    {
        var data = new EventData[events.Count];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = Data(events[i], streamId, EventIds.Of(making.Command, firstIndex + i), making);
        }

        return data;
    }

    private EventData Data(object e, Guid streamId, Guid id, Making making)
    {
        var type = services.Catalog.Of(e);
        if (!type.IsWritten) throw new InvalidOperationException($"{type.Name} is read by this release, and written by the next one.");
        if (making.OutlineOnly) return new EventData(id, type.Name, type.SchemaVersion, default);
        var json = type.Encode(e);
        if (!TellsOfPersons(type)) return new EventData(id, type.Name, type.SchemaVersion, json, e);
        var (stored, about) = making.Seals!.Seal(json, type, streamId, id);
        return new EventData(id, type.Name, type.SchemaVersion, stored, making.Seals.Readable(e, stored, type, streamId, id))
        {
            About = about,
        };
    }

    private static bool TellsOfPersons(EventType type) => type.Persons.HasMarked || type.Persons.NamesPersons;

    /// <param name="Command">Ids of events derive from it.</param>
    /// <param name="Seals">The keys of the persons of whom the events tell; null where they tell of none.</param>
    /// <param name="OutlineOnly">Whether the events' data come with their numbers.</param>
    private readonly record struct Making(Guid Command, UnitSeals? Seals, bool OutlineOnly);
}
