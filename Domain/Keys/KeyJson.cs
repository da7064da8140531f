using System.Text.Json.Serialization;

namespace Tms.Domain.Keys;

/// <summary>JSON of stored events and snapshots of signing keys.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeyState))]
[JsonSerializable(typeof(SigningKeyWithdrawn))]
internal sealed partial class KeyJson : JsonSerializerContext;
