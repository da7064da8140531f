namespace Tms.EventStore.Persons;

/// <summary>Opens events for rows that are written later, and tells whether a person of whom they tell was erased meanwhile.</summary>
/// <param name="tenant">Whose events.</param>
/// <param name="opener">Opens them.</param>
/// <param name="keys">Made only where something was opened.</param>
internal sealed class HeldEvents(TenantId tenant, IEventOpener opener, Lazy<PersonKeys> keys)
{
    private readonly HashSet<Guid> _persons = [];

    /// <summary>Opens events, and notes with whose keys.</summary>
    public async ValueTask<IReadOnlyList<RecordedEvent>> Open(IReadOnlyList<RecordedEvent> events, CancellationToken cancel)
    {
        var opened = await opener.Open(events, cancel);
        for (var i = 0; i < events.Count && !ReferenceEquals(opened, events); i++)
        {
            if (!ReferenceEquals(opened[i], events[i])) _persons.UnionWith(Opened(events[i], opened[i]));
        }

        return opened;
    }

    /// <summary>Whether what was opened may still be written. Asked under the partition's lock, which an erasure takes too.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async ValueTask<bool> MayBeWritten(CancellationToken cancel) =>
        _persons.Count == 0 || await keys.Value.AreThere(tenant, _persons, cancel);

    private static HashSet<Guid> Opened(RecordedEvent stored, RecordedEvent opened)
    {
        var (persons, rest) = (new HashSet<Guid>(), new HashSet<Guid>());
        SealedJson.AddPersons(stored.Data.Span, stored.Stream.Id, persons);
        SealedJson.AddPersons(opened.Data.Span, opened.Stream.Id, rest);
        persons.ExceptWith(rest);
        return persons;
    }
}
