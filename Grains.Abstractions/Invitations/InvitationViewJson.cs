using System.Text.Json.Serialization;
using Tms.Domain.Users;

namespace Tms.Grains.Abstractions.Invitations;

/// <summary>JSON of invitation views: camelCase, nulls written, roles under their names on the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(RoleConverter)])]
[JsonSerializable(typeof(InvitationView))]
public sealed partial class InvitationViewJson : JsonSerializerContext;
