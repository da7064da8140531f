using System.Collections.Immutable;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>The events of API keys by stable name: whoever makes keys sees them.</summary>
internal static class ApiKeyEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        EventType.Of("API_KEY_CREATED", 1, ApiKeyJson.Default.ApiKeyCreated).VisibleTo(
            Permission.ApiKeysManage, static e => new ApiKeyPayload(e.Name, e.Scopes), ApiKeyJson.Default.ApiKeyPayload),
        EventType.Of("API_KEY_REVOKED", 1, ApiKeyJson.Default.ApiKeyRevoked).VisibleTo(
            Permission.ApiKeysManage, static _ => new ApiKeyPayload(), ApiKeyJson.Default.ApiKeyPayload),
    ];
}

/// <summary>What leaves the system of an API key's event: of each member, null where the event does not tell.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
internal sealed record ApiKeyPayload(string? Name = null, ImmutableArray<Permission>? Scopes = null);
