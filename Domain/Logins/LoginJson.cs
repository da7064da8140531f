using System.Text.Json.Serialization;

namespace Tms.Domain.Logins;

/// <summary>JSON of stored events and snapshots of logins.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Login))]
[JsonSerializable(typeof(UserLoggedIn))]
[JsonSerializable(typeof(UserLoginFailed))]
[JsonSerializable(typeof(LoginPayload))]
[JsonSerializable(typeof(LoginFailedPayload))]
internal sealed partial class LoginJson : JsonSerializerContext;
