using System.Collections.Frozen;

namespace Tms.Domain.Shared;

/// <summary>Every event type that this program can read and write, by stable name and by .NET type.</summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<string, EventType> _byName;
    private readonly FrozenDictionary<Type, EventType> _byType;
    private readonly FrozenSet<Type> _personal;
    private readonly FrozenSet<Type> _naming;

    /// <summary>A catalog of the given types; a name or type given twice is a bug and throws.</summary>
    public EventCatalog(IEnumerable<EventType> types)
    {
        All = [.. types];
        _byName = All.ToFrozenDictionary(t => t.Name);
        _byType = All.ToFrozenDictionary(t => t.Type);
        _personal = Personal.SelectMany(BasesOf).ToFrozenSet();
        _naming = All.Where(t => t.Persons.NamesPersons).SelectMany(BasesOf).ToFrozenSet();
    }

    /// <summary>All types.</summary>
    public IReadOnlyList<EventType> All { get; }

    /// <summary>The types of which something is sealed with a person's key.</summary>
    public IEnumerable<EventType> Personal => All.Where(t => t.Persons.HasMarked);

    /// <summary>Whether any event under a base type tells of a person.</summary>
    public bool TellsOfPersons(Type eventBase) => _personal.Contains(eventBase);

    /// <summary>Whether any event under a base type names persons, who may be others than the one whose id its stream has.</summary>
    public bool NamesPersons(Type eventBase) => _naming.Contains(eventBase);

    /// <summary>Whether any event at all names persons.</summary>
    public bool NamesAnybody => _naming.Count > 0;

    private static IEnumerable<Type> BasesOf(EventType type)
    {
        for (var up = type.Type; up is not null; up = up.BaseType) yield return up;
    }

    /// <summary>The type of an event.</summary>
    public EventType Of(object e) => _byType[e.GetType()];

    /// <summary>The type with a stable name, or null when this program is older than the event.</summary>
    public EventType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The event that stored bytes hold.</summary>
    /// <exception cref="NewerEventException">This program is older than the event.</exception>
    public object Decode(string name, int schemaVersion, ReadOnlySpan<byte> data) =>
        (Find(name) ?? throw new NewerEventException(name, schemaVersion, 0)).Decode(data, schemaVersion);
}
