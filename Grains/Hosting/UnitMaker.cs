using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Hosting;

/// <summary>Turns what was decided of one aggregate into what is appended; what events say of persons is sealed.</summary>
internal sealed class UnitMaker<TEvent>(AggregateServices services, TenantId tenant, StreamName stream)
    where TEvent : class
{
    /// <summary>The unit of a decision that is no refusal.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="version">The version that it was decided on.</param>
    /// <param name="context">Whose command it was.</param>
    /// <param name="snapshot">What rides along.</param>
    public async ValueTask<AppendUnit> Make(Decision<TEvent> decision, int version, CommandContext context, Snapshot? snapshot)
    {
        var beside = decision as Decision<TEvent>.Accepted;
        var seals = beside is null ? null : await Seals(beside.Events, beside.Related);
        var own = beside?.Events ?? [];
        return new AppendUnit
        {
            Tenant = tenant,
            Metadata = new EventMetadata(context.Actor, context.CorrelationId, context.CommandId, context.CausationId, context.TraceParent, context.ActorCompany).Encode(),
            Streams = [new(tenant, stream, new(version), Data(own, stream.Id, context.CommandId, 0, seals)), .. Beside(beside, own.Count, context.CommandId, seals)],
            Draw = decision is Decision<TEvent>.Numbered n ? new NumberDraw(n.Series, number => Data(n.Complete(number), stream.Id, context.CommandId, 0, null)) : null,
            Key = context.KeyHash is { } hash ? new CommandKey(hash, context.KeyFingerprint ?? hash) : null,
            Reservations = Reservations(beside?.Unique),
            Releases = Reservations(beside?.Released),
            Secrets = [.. beside?.Secrets.Select(s => new Secret(tenant, s.Subject, s.Kind, s.Value)) ?? [], .. seals?.Made ?? []],
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

    private IEnumerable<StreamAppend> Beside(Decision<TEvent>.Accepted? accepted, int index, Guid command, UnitSeals? seals)
    {
        foreach (var related in accepted?.Related ?? [])
        {
            yield return new(tenant, new(related.StreamType, related.StreamId), StreamVersion.Empty, Data(related.Events, related.StreamId, command, index, seals));
            index += related.Events.Count;
        }

        if (accepted is { Notices.Count: > 0 })
        {
            // A stream of their own in the platform's log; none of them tells of a person.
            yield return new(TenantId.Platform, new(AccessEventTypes.Stream, command), StreamVersion.Empty, Data(accepted.Notices, command, command, index, null));
        }
    }

    private Reservation[] Reservations(IReadOnlyList<UniqueValue>? values) => values is { Count: > 0 }
        ? [.. values.Select(u => new Reservation(u.Scope, u.Value, tenant, u.Owner))]
        : [];

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

    private EventData[] Data(IReadOnlyList<object> events, Guid person, Guid command, int firstIndex, UnitSeals? seals)
    {
        var data = new EventData[events.Count];
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = Data(events[i], person, EventIds.Of(command, firstIndex + i), seals);
        }

        return data;
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
}
