using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Reactors;

/// <summary>Keys of reactor grains: <c>tenant/name</c>.</summary>
internal static class ReactorKey
{
    private const int GuidLength = 36;

    internal static string For(Guid tenant, string reactor) => GrainKey.For(tenant, reactor);

    internal static (TenantId Tenant, string Reactor) Parse(string key) =>
        key.Length > GuidLength + 1 && key[GuidLength] == '/' && Guid.TryParseExact(key.AsSpan(0, GuidLength), "D", out var tenant)
            ? (new TenantId(tenant), key[(GuidLength + 1)..])
            : throw new ArgumentException($"{key} is no key of a reactor: it must be tenant/name.", nameof(key));
}
