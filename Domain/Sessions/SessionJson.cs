using System.Text.Json.Serialization;

namespace Tms.Domain.Sessions;

/// <summary>JSON of stored events and snapshots of sessions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionEnded))]
internal sealed partial class SessionJson : JsonSerializerContext;
