using System.Text.Json.Serialization;

namespace Tms.Domain.Users;

/// <summary>JSON of stored events, public payloads and snapshots of users.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(RoleConverter)])]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(UserPayload))]
[JsonSerializable(typeof(UserRegistered))]
[JsonSerializable(typeof(UserUpdated))]
internal sealed partial class UserJson : JsonSerializerContext;
