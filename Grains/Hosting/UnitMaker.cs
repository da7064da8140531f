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
    /// <summary>The unit of what was decided. What it draws is filled in and sealed inside the append, with keys that are at hand by then.</summary>
    /// <param name="decision">What was decided; of one that draws numbers, the outline.</param>
    /// <param name="version">The version that it was decided on.</param>
    /// <param name="context">Whose command it was.</param>
    /// <param name="snapshot">What rides along.</param>
    public async ValueTask<AppendUnit> Make(Decision<TEvent>.Accepted decision, int version, CommandContext context, Snapshot? snapshot)
    {
        var seals = await Seals(decision.Events, decision.Related);
        var draws = decision.Draws.Count > 0;
        return new AppendUnit
        {
            Tenant = tenant,
            Metadata = new EventMetadata(context.Actor, context.CorrelationId, context.CommandId, context.CausationId, context.TraceParent, context.ActorCompany).Encode(),
            Streams = [.. Streams(decision, version, new(context.CommandId, seals, draws))],
            Draw = draws ? new NumberDraw(decision.Draws, numbers => Completed(decision.With(numbers), version, new(context.CommandId, seals, false))) : null,
            Key = context.KeyHash is { } hash ? new CommandKey(hash, context.KeyFingerprint ?? hash) : null,
            Reservations = Reservations(decision.Unique),
            Releases = Reservations(decision.Released),
            Secrets = [.. decision.Secrets.Select(s => new Secret(tenant, s.Subject, s.Kind, s.Value)), .. seals?.Made ?? []],
            Blobs = decision.Files.Count > 0 ? [.. decision.Files.Select(Use)] : [],
            Snapshot = snapshot,
        };
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
            yield return new(tenant, new(related.StreamType, related.StreamId), new(related.Version), Data(related.Events, related.StreamId, index, making));
            index += related.Events.Count;
        }

        if (decision.Notices.Count > 0)
        {
            // A stream of their own in the platform's log; none of them tells of a person.
            yield return new(TenantId.Platform, new(AccessEventTypes.Stream, making.Command), StreamVersion.Empty, Data(decision.Notices, making.Command, index, making));
        }
    }

    private EventData[] Completed(Decision<TEvent>.Accepted decision, int version, Making making) =>
        [.. Streams(decision, version, making).SelectMany(static s => s.Events)];

    private Reservation[] Reservations(IReadOnlyList<UniqueValue> values) => values.Count > 0
        ? [.. values.Select(u => new Reservation(u.Scope, u.Value, tenant, u.Owner))]
        : [];

    private BlobUse Use(NamedFile file) =>
        new(new(new(tenant, file.Person), BlobHash.Parse(file.Hash) ?? throw new ArgumentException($"'{file.Hash}' is no hash of a file.")), stream, file.Ends);

    private async ValueTask<UnitSeals?> Seals(IReadOnlyList<TEvent> own, IReadOnlyList<RelatedEvents> related)
    {
        var seals = TellsOfPerson(own) ? new UnitSeals(services.PersonKeys.Value, tenant) : null;
        if (seals is not null) await seals.Add(stream.Id);
        for (var i = 0; i < related.Count; i++)
        {
            if (TellsOfPerson(related[i].Events)) await (seals ??= new(services.PersonKeys.Value, tenant)).Add(related[i].StreamId);
        }

        return seals;
    }

    private bool TellsOfPerson(IReadOnlyList<object> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (services.Catalog.Of(events[i]).PersonalMembers.Count > 0) return true;
        }

        return false;
    }

    private EventData[] Data(IReadOnlyList<object> events, Guid person, int firstIndex, Making making)
    {
        var data = new EventData[events.Count];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = Data(events[i], person, EventIds.Of(making.Command, firstIndex + i), making);
        }

        return data;
    }

    private EventData Data(object e, Guid person, Guid id, Making making)
    {
        var type = services.Catalog.Of(e);
        if (!type.IsWritten) throw new InvalidOperationException($"{type.Name} is read by this release, and written by the next one.");
        if (making.OutlineOnly) return new EventData(id, type.Name, type.SchemaVersion, default);
        var json = type.Encode(e);
        return new EventData(id, type.Name, type.SchemaVersion, type.PersonalMembers.Count > 0 ? making.Seals!.Seal(json, type, person, id) : json, e);
    }

    /// <param name="Command">Ids of events derive from it.</param>
    /// <param name="Seals">The keys of the persons of whom the events tell; null where they tell of none.</param>
    /// <param name="OutlineOnly">Whether the events' data come with their numbers.</param>
    private readonly record struct Making(Guid Command, UnitSeals? Seals, bool OutlineOnly);
}
