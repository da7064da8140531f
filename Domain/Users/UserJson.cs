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
[JsonSerializable(typeof(UserRoleChanged))]
[JsonSerializable(typeof(UserStatusChanged))]
[JsonSerializable(typeof(UserPasswordChanged))]
[JsonSerializable(typeof(UserPasswordResetRequested))]
[JsonSerializable(typeof(UserEmailChangeRequested))]
[JsonSerializable(typeof(UserEmailChanged))]
[JsonSerializable(typeof(UserSecondFactorEnabled))]
[JsonSerializable(typeof(UserSecondFactorDisabled))]
[JsonSerializable(typeof(UserRecoveryCodeUsed))]
[JsonSerializable(typeof(UserSessionsEnded))]
[JsonSerializable(typeof(UserErased))]
internal sealed partial class UserJson : JsonSerializerContext;
