using System.Collections.Concurrent;
using System.Security.Cryptography;
using Tms.EventStore.Keys;

namespace Tms.EventStore.Persons;

/// <summary>
/// The data keys of persons: kept among the secrets, wrapped by the master key, each from the unit of the first event about its person.
/// </summary>
/// <remarks>
/// This process remembers a key for <see cref="Keep"/> at most: so long a person who was erased by another process can still be read here.
/// That there is none is never remembered: it may be on its way.
/// </remarks>
public sealed class PersonKeys(IDatabase database, MasterKey master, TimeProvider time)
{
    /// <summary>The kind of secret that a person's key is.</summary>
    public const string Kind = "person-key";

    /// <summary>How long a key is used without looking whether it is still there.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromSeconds(1);

    private const int MostRemembered = 10_000;
    private const int MostAsked = 500;

    private readonly ConcurrentDictionary<(TenantId Tenant, Guid Person), Remembered> _remembered = [];
    private long _forgotten;

    /// <summary>The keys of persons; who has none, or none any more, is left out.</summary>
    /// <exception cref="Hosting.ConfigurationFaultException">A key was wrapped by another master key.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async ValueTask<IReadOnlyDictionary<Guid, PersonKey>> Find(
        TenantId tenant, IEnumerable<Guid> persons, CancellationToken cancel = default)
    {
        var found = new Dictionary<Guid, PersonKey>();
        var unknown = new List<Guid>();
        foreach (var person in persons.Distinct())
        {
            if (Recall(tenant, person) is { } key) found[person] = key;
            else unknown.Add(person);
        }

        foreach (var some in unknown.Chunk(MostAsked)) await Read(tenant, some, found, cancel);
        return found;
    }

    /// <summary>The key of one person; null where there is none, or none any more.</summary>
    public async ValueTask<PersonKey?> Find(TenantId tenant, Guid person, CancellationToken cancel = default) =>
        (await Find(tenant, [person], cancel)).GetValueOrDefault(person);

    /// <summary>Whether all of some persons still have their keys, by the store and not by memory.</summary>
    /// <remarks>If one has none, everything remembered is forgotten.</remarks>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    internal async Task<bool> AreThere(TenantId tenant, IReadOnlyCollection<Guid> persons, CancellationToken cancel)
    {
        var found = new Dictionary<Guid, PersonKey>();
        foreach (var some in persons.Chunk(MostAsked)) await Read(tenant, some, found, cancel);
        if (found.Count < persons.Count) Forget();
        return found.Count == persons.Count;
    }

    /// <summary>A new key for a person who has none, and the secret that must be stored in the unit of what it seals.</summary>
    public (PersonKey Key, Secret Secret) Make(TenantId tenant, Guid person)
    {
        var key = RandomNumberGenerator.GetBytes(PersonKey.Size);
        return (new PersonKey(key), new Secret(tenant, person, Kind, master.Wrap(Kind, Id(tenant, person), key)));
    }

    /// <summary>
    /// Marks that a person has or had a key, for as long as there is a log: nobody gets a second one, also not after an erasure.
    /// </summary>
    /// <param name="tenant">The person's tenant.</param>
    /// <param name="person">Whose key.</param>
    /// <param name="by">Command that makes or destroys the key: of two at once, one is refused.</param>
    public static Reservation Mark(TenantId tenant, Guid person, Guid by) => new(Kind, Id(tenant, person), tenant, by);

    /// <summary>What destroys a person's key when its unit is stored.</summary>
    public static Secret Destruction(TenantId tenant, Guid person) => new(tenant, person, Kind, null);

    /// <summary>
    /// Forgets all keys, also those that are just being read: what begins after the return uses no key that is not in the store then.
    /// </summary>
    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _remembered.Clear();
    }

    private PersonKey? Recall(TenantId tenant, Guid person) =>
        _remembered.TryGetValue((tenant, person), out var known) && known.Round == Volatile.Read(ref _forgotten)
            && time.GetElapsedTime(known.At) <= Keep ? known.Key : null;

    private async Task Read(TenantId tenant, Guid[] persons, Dictionary<Guid, PersonKey> found, CancellationToken cancel)
    {
        var (round, at) = (Volatile.Read(ref _forgotten), time.GetTimestamp());
        var names = string.Join(", ", persons.Select((_, i) => $"@p{i}"));
        var rows = await database.Query(
            $"select subject, value from secrets where tenant = @tenant and kind = @kind and subject in ({names})",
            r => (Person: r.GetGuid(0), Wrapped: r.GetFieldValue<byte[]>(1)), cancel,
            [("tenant", tenant.Value), ("kind", Kind), .. persons.Select((person, i) => ($"p{i}", (object?)person))]);
        if (_remembered.Count > MostRemembered) _remembered.Clear();
        foreach (var (person, wrapped) in rows)
        {
            var key = new PersonKey(master.Unwrap(Kind, Id(tenant, person), wrapped));
            _remembered[(tenant, person)] = new(key, at, round);
            found[person] = key;
        }
    }

    private static string Id(TenantId tenant, Guid person) => $"{tenant}/{person}";

    /// <param name="Key">The key.</param>
    /// <param name="At">Timestamp from before it was read.</param>
    /// <param name="Round">How often keys had been forgotten by then.</param>
    private readonly record struct Remembered(PersonKey Key, long At, long Round);
}
