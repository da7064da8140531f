using System.Collections.Frozen;

namespace Tms.EventStore.Persons;

/// <summary>Event types of which something may be sealed. Others are never looked into.</summary>
/// <param name="Names">Stable names, e.g. <c>USER_REGISTERED</c>.</param>
public sealed record PersonalEventTypes(IReadOnlyCollection<string> Names);

/// <summary>Opens events with the keys of their persons: the person of an event is the one whose id its stream has.</summary>
/// <param name="types">What may be sealed.</param>
/// <param name="keys">Made only where something is sealed: a process that never meets a person needs no master key.</param>
internal sealed class SealedEvents(IEnumerable<PersonalEventTypes> types, Lazy<PersonKeys> keys) : IEventOpener
{
    private readonly FrozenSet<string> _types = types.SelectMany(t => t.Names).ToFrozenSet();

    public async ValueTask<IReadOnlyList<RecordedEvent>> Open(IReadOnlyList<RecordedEvent> events, CancellationToken cancel)
    {
        if (!AnySealed(events)) return events;
        var opened = events.ToArray();
        foreach (var tenant in events.Where(IsSealed).GroupBy(e => e.Tenant))
        {
            var found = await keys.Value.Find(tenant.Key, tenant.Select(e => e.Stream.Id), cancel);
            for (var i = 0; i < opened.Length; i++)
            {
                if (opened[i].Tenant == tenant.Key) opened[i] = Open(opened[i], found);
            }
        }

        return opened;
    }

    public async ValueTask<ReadOnlyMemory<byte>> Open(TenantId tenant, Guid person, Guid eventId, ReadOnlyMemory<byte> data, CancellationToken cancel) =>
        SealedJson.Holds(data.Span) && await keys.Value.Find(tenant, person, cancel) is { } key ? SealedJson.Open(data, key, eventId) : data;

    private RecordedEvent Open(RecordedEvent e, IReadOnlyDictionary<Guid, PersonKey> found) =>
        IsSealed(e) && found.TryGetValue(e.Stream.Id, out var key) ? e with { Data = SealedJson.Open(e.Data, key, e.Id) } : e;

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
