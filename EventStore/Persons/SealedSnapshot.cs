using System.Text;

namespace Tms.EventStore.Persons;

/// <summary>
/// Snapshots of streams that tell of one person: the whole state is sealed with that person's key, and unreadable once it is gone.
/// </summary>
/// <remarks>
/// A sealed snapshot has the negative of its state's schema. So nobody takes it for a plain one, and a release that seals none ignores it.
/// </remarks>
public static class SealedSnapshot
{
    /// <summary>The schema under which sealed snapshots of a state are stored.</summary>
    public static int Schema(int plain) => -plain;

    /// <summary>The snapshot as it is stored; it opens only for the same stream and version.</summary>
    public static Snapshot Seal(Snapshot plain, PersonKey key) =>
        plain with { Schema = Schema(plain.Schema), State = key.Seal(PlaceOf(plain), plain.State) };

    /// <summary>The state that a stored snapshot holds.</summary>
    /// <exception cref="InvalidDataException">It was altered, or sealed for another place or with another key.</exception>
    public static byte[] Open(Snapshot stored, PersonKey key) =>
        key.Open(PlaceOf(stored), stored.State, $"The snapshot of {stored.Stream}");

    private static byte[] PlaceOf(Snapshot snapshot) => Encoding.UTF8.GetBytes($"{snapshot.Tenant}/{snapshot.Stream}/{snapshot.Version}");
}
