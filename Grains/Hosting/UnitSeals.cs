using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>Seals what the events of one unit say of persons, with keys that are at hand before the append begins.</summary>
/// <remarks>A key that had to be made is stored with the unit, so that no event is ever without its key.</remarks>
internal sealed class UnitSeals
{
    private readonly Dictionary<Guid, PersonKey> _keys;
    private readonly HashSet<Guid> _erased = [];
    private readonly List<Secret> _made = [];
    private readonly List<Reservation> _marks = [];

    private UnitSeals(IReadOnlyDictionary<Guid, PersonKey> known) => _keys = new(known);

    /// <summary>The secrets of persons who had no key.</summary>
    public IReadOnlyList<Secret> Made => _made;

    /// <summary>What keeps two units from making two keys for one of them.</summary>
    public IReadOnlyList<Reservation> Marks => _marks;

    /// <summary>Whether one of the persons is erased: what the events say of it is sealed with a key that nobody keeps.</summary>
    public bool TellOfErased => _erased.Count > 0;

    /// <summary>Gets the keys of persons ready: each has one afterwards.</summary>
    /// <param name="services">Where keys are.</param>
    /// <param name="tenant">The persons' tenant.</param>
    /// <param name="persons">Everybody of whom the unit's events tell.</param>
    /// <param name="command">The unit's command: who holds the marks of the keys that are made.</param>
    public static async ValueTask<UnitSeals> For(AggregateServices services, TenantId tenant, HashSet<Guid> persons, Guid command)
    {
        var keys = services.PersonKeys.Value;
        var seals = new UnitSeals(await keys.Find(tenant, persons));
        foreach (var person in persons)
        {
            if (!seals._keys.ContainsKey(person)) await seals.Make(services, tenant, person, command);
        }

        return seals;
    }

    /// <summary>An event's JSON with what it says of persons sealed, and the persons that it names.</summary>
    /// <exception cref="InvalidOperationException">A person got no key: numbers must not change of whom a unit tells.</exception>
    public (byte[] Stored, IReadOnlyList<Guid> About) Seal(byte[] json, EventType type, Guid stream, Guid eventId) =>
        PersonalJson.Seal(json, type.Persons, (person, plain) => KeyOf(person ?? stream, type).Seal(eventId, plain));

    /// <summary>The event as whoever reads what is stored will see it: without what it says of erased persons.</summary>
    public object Readable(object e, byte[] stored, EventType type, Guid stream, Guid eventId)
    {
        if (!TellOfErased) return e;
        var others = _keys.Where(k => !_erased.Contains(k.Key)).ToDictionary();
        return type.Decode(SealedJson.Open(stored, stream, others, eventId).Span, type.SchemaVersion);
    }

    private PersonKey KeyOf(Guid person, EventType type) =>
        _keys.GetValueOrDefault(person)
            ?? throw new InvalidOperationException($"{type.Name} tells of {person}, of whom its outline does not.");

    private async ValueTask Make(AggregateServices services, TenantId tenant, Guid person, Guid command)
    {
        var keys = services.PersonKeys.Value;
        var (key, secret) = keys.Make(tenant, person);
        var mark = PersonKeys.Mark(tenant, person, command);
        if (await services.Reader.FindReservation(mark.Scope, mark.Value) is null)
        {
            _made.Add(secret);
            _marks.Add(mark);
        }
        else if (await keys.Find(tenant, person) is { } justMade)
        {
            key = justMade;
        }
        else
        {
            _erased.Add(person);
        }

        _keys[person] = key;
    }
}
