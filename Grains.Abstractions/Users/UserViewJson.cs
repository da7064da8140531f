using System.Text.Json.Serialization;
using Tms.Domain.Users;

namespace Tms.Grains.Abstractions.Users;

/// <summary>JSON of user views: camelCase, nulls written, roles under their names on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(RoleConverter)])]
[JsonSerializable(typeof(UserView))]
public sealed partial class UserViewJson : JsonSerializerContext;
