using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.ApiKeys;

/// <summary>What has happened to an API key.</summary>
public abstract record ApiKeyEvent;

/// <summary>API_KEY_CREATED.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do, in the order of <see cref="Permission"/>.</param>
public sealed record ApiKeyCreated(string Name, ImmutableArray<Permission> Scopes) : ApiKeyEvent
{
    /// <summary>User who made it; null in events of before that was noted.</summary>
    public Guid? CreatedBy { get; init; }
}

/// <summary>API_KEY_REVOKED.</summary>
public sealed record ApiKeyRevoked : ApiKeyEvent;

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

/// <summary>JSON of stored events, public payloads and snapshots of API keys.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(ApiKeyPayload))]
[JsonSerializable(typeof(ApiKeyCreated))]
[JsonSerializable(typeof(ApiKeyRevoked))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
