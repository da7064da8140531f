using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>Whose events a caller was served, and which: the part of an epoch that a wider caller does not match.</summary>
/// <remarks>
/// Permissions are named by two bytes of the hash of their name, so that releases side by side mean the same.
/// A permission that only a newer release knows is missing in the epochs of an older one, which did not show its events.
/// A new kind of aggregate may come under a permission that there is: two more bytes name the kinds that the release knows, so that any
/// other release starts anew.
/// </remarks>
/// <param name="Scope">Eight bytes of the hash of company and person.</param>
/// <param name="Codes">The caller's permissions and <see cref="Kinds"/>, ascending.</param>
internal sealed record LiveRights(ulong Scope, IReadOnlyList<ushort> Codes)
{
    private static readonly FrozenDictionary<Permission, ushort> Named = Enum.GetValues<Permission>()
        .ToFrozenDictionary(static p => p, static p => Code(p.ToString()));

    /// <summary>The kinds of aggregates whose events this release can show.</summary>
    internal static ushort Kinds { get; } = KindsOf(TmsAggregates.All.Select(a => a.Name));

    /// <summary>The rights of a caller in a company.</summary>
    /// <param name="caller">The caller; an API key is no person.</param>
    /// <param name="company">The company whose events it follows.</param>
    public static LiveRights Of(LiveCaller caller, Guid company)
    {
        var scope = Hash($"{company}/{(caller.Scopes is null ? caller.UserId : Guid.Empty)}");
        return new(
            BinaryPrimitives.ReadUInt64BigEndian(scope),
            [.. Named.Where(named => caller.May(named.Key)).Select(named => named.Value).Append(Kinds).Order()]);
    }

    /// <summary>Whether everything that other rights see was seen with these.</summary>
    public bool Cover(LiveRights other) => Scope == other.Scope && other.Codes.All(Codes.Contains);

    internal static ushort KindsOf(IEnumerable<string> names) => Code($"kinds {string.Join(' ', names.Order(StringComparer.Ordinal))}");

    private static ushort Code(string name) => BinaryPrimitives.ReadUInt16BigEndian(Hash(name));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
