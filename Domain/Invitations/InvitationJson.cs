using System.Text.Json.Serialization;
using Tms.Domain.Users;

namespace Tms.Domain.Invitations;

/// <summary>JSON of stored events, public payloads and snapshots of invitations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(RoleConverter)])]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(InvitationPayload))]
[JsonSerializable(typeof(UserInvited))]
[JsonSerializable(typeof(InvitationAccepted))]
[JsonSerializable(typeof(InvitationWithdrawn))]
internal sealed partial class InvitationJson : JsonSerializerContext;
