using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>Seals what the events of one unit say of persons, with keys that are at hand before the append begins.</summary>
/// <remarks>A key that had to be made is stored with the unit, so that no event is ever without its key.</remarks>
internal sealed class UnitSeals
{
    private readonly Dictionary<Guid, PersonKey> _keys;
    private readonly List<Secret> _made = [];
    private readonly List<Reservation> _marks = [];

    private UnitSeals(IReadOnlyDictionary<Guid, PersonKey> known) => _keys = new(known);

    /// <summary>The secrets of persons who had no key.</summary>
    public IReadOnlyList<Secret> Made => _made;

    /// <summary>What keeps two units from making two keys for one of them.</summary>
    public IReadOnlyList<Reservation> Marks => _marks;

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

    private PersonKey KeyOf(Guid person, EventType type) =>
        _keys.GetValueOrDefault(person) ?? throw new InvalidOperationException($"{type.Name} tells of {person}, of whom its outline does not.");

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

        // Of an erased person nothing is said any more: what is sealed with a key that nobody keeps opens for nobody.
        _keys[person] = key;
    }
}
