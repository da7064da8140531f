using System.Text.Json.Serialization;

namespace Tms.Domain.ApiKeys;

/// <summary>JSON of stored events, public payloads and snapshots of API keys.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(ApiKeyPayload))]
[JsonSerializable(typeof(ApiKeyCreated))]
[JsonSerializable(typeof(ApiKeyRevoked))]
internal sealed partial class ApiKeyJson : JsonSerializerContext;
