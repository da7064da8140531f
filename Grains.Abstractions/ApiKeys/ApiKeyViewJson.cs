using System.Text.Json.Serialization;

namespace Tms.Grains.Abstractions.ApiKeys;

/// <summary>JSON of API keys' views: camelCase, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiKeyView))]
public sealed partial class ApiKeyViewJson : JsonSerializerContext;
