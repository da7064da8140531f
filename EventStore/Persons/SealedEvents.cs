using System.Collections.Frozen;

namespace Tms.EventStore.Persons;

/// <summary>Event types of which something may be sealed. Others are never looked into.</summary>
/// <param name="Names">Stable names, e.g. <c>USER_REGISTERED</c>.</param>
public sealed record PersonalEventTypes(IReadOnlyCollection<string> Names);

/// <summary>Opens events with the keys of all their persons.</summary>
/// <param name="types">What may be sealed.</param>
/// <param name="keys">Made only where something is sealed: a process that never meets a person needs no master key.</param>
internal sealed class SealedEvents(IEnumerable<PersonalEventTypes> types, Lazy<PersonKeys> keys) : IEventOpener
{
    private readonly FrozenSet<string> _types = types.SelectMany(t => t.Names).ToFrozenSet();

    public ValueTask<IReadOnlyList<RecordedEvent>> Open(IReadOnlyList<RecordedEvent> events, CancellationToken cancel) =>
        AnySealed(events) ? OpenSealed(events, null, cancel) : new(events);

    public ValueTask<IReadOnlyList<RecordedEvent>> OpenFor(Guid person, IReadOnlyList<RecordedEvent> events, CancellationToken cancel) =>
        AnySealed(events) ? OpenSealed(events, person, cancel) : new(events);

    public async ValueTask<ReadOnlyMemory<byte>> Open(
        TenantId tenant, Guid stream, Guid eventId, ReadOnlyMemory<byte> data, CancellationToken cancel)
    {
        if (!SealedJson.Holds(data.Span)) return data;
        var persons = new HashSet<Guid>();
        SealedJson.AddPersons(data.Span, stream, persons);
        return SealedJson.Open(data, stream, await keys.Value.Find(tenant, persons, cancel), eventId);
    }

    private async ValueTask<IReadOnlyList<RecordedEvent>> OpenSealed(
        IReadOnlyList<RecordedEvent> events, Guid? only, CancellationToken cancel)
    {
        var opened = events.ToArray();
        foreach (var tenant in events.Where(IsSealed).GroupBy(e => e.Tenant))
        {
            var found = await keys.Value.Find(tenant.Key, only is { } person ? [person] : Persons(tenant), cancel);
            for (var i = 0; i < opened.Length; i++)
            {
                if (opened[i].Tenant == tenant.Key && IsSealed(opened[i]))
                    opened[i] = opened[i] with { Data = SealedJson.Open(opened[i].Data, opened[i].Stream.Id, found, opened[i].Id) };
            }
        }

        return opened;
    }

    private static HashSet<Guid> Persons(IEnumerable<RecordedEvent> events)
    {
        var persons = new HashSet<Guid>();
        foreach (var e in events) SealedJson.AddPersons(e.Data.Span, e.Stream.Id, persons);
        return persons;
    }

    private bool AnySealed(IReadOnlyList<RecordedEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (IsSealed(events[i])) return true;
        }

        return false;
    }

    private bool IsSealed(RecordedEvent e) => _types.Contains(e.Type) && SealedJson.Holds(e.Data.Span);
}
