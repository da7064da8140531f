using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>Seals what the events of one unit say of persons. Keys that it had to make are stored with the unit, so that no event is ever without its key.</summary>
internal sealed class UnitSeals(PersonKeys keys, TenantId tenant)
{
    private readonly Dictionary<Guid, PersonKey> _keys = [];
    private readonly List<Secret> _made = [];

    /// <summary>The secrets of persons who had no key.</summary>
    public IReadOnlyList<Secret> Made => _made;

    /// <summary>Gets a person's key ready.</summary>
    public async ValueTask Add(Guid person)
    {
        if (_keys.ContainsKey(person)) return;
        _keys[person] = await keys.Find(tenant, person) ?? Make(person);
    }

    /// <summary>An event's JSON with what it says of the person sealed.</summary>
    public byte[] Seal(byte[] json, EventType type, Guid person, Guid eventId) => SealedJson.Seal(json, type.PersonalMembers, _keys[person], eventId);

    private PersonKey Make(Guid person)
    {
        var (key, secret) = keys.Make(tenant, person);
        _made.Add(secret);
        return key;
    }
}
