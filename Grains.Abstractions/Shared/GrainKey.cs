using System.Buffers.Text;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>Keys of grains: <c>tenant/id</c>. The tenant filter compares the first half with the caller's company.</summary>
public static class GrainKey
{
    private const int GuidLength = 36;

    /// <summary>The key of an aggregate.</summary>
    public static string For(Guid tenant, Guid id) => string.Create(GuidLength + 1 + GuidLength, (tenant, id), static (span, key) =>
    {
        key.tenant.TryFormat(span, out _);
        span[GuidLength] = '/';
        key.id.TryFormat(span[(GuidLength + 1)..], out _);
    });

    /// <summary>The key of a part of a tenant that has a name, e.g. a reactor.</summary>
    public static string For(Guid tenant, string name) => $"{tenant}/{name}";

    /// <summary>The tenant and id of a key; false for any other text.</summary>
    public static bool TryParse(ReadOnlySpan<char> key, out Guid tenant, out Guid id)
    {
        id = default;
        tenant = default;
        return key.Length == GuidLength + 1 + GuidLength && key[GuidLength] == '/'
            && Guid.TryParseExact(key[..GuidLength], "D", out tenant) && Guid.TryParseExact(key[(GuidLength + 1)..], "D", out id);
    }

    /// <summary>The tenant that a grain's key begins with; false for the key of a grain that belongs to none.</summary>
    /// <param name="key">The key's UTF-8 text.</param>
    /// <param name="tenant">The tenant's id.</param>
    public static bool TryReadTenant(ReadOnlySpan<byte> key, out Guid tenant)
    {
        tenant = default;
        return key.Length >= GuidLength && (key.Length == GuidLength || key[GuidLength] == '/')
            && Utf8Parser.TryParse(key[..GuidLength], out tenant, out var length, 'D') && length == GuidLength;
    }
}
