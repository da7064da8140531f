using System.Text.Json.Serialization;

namespace Tms.Domain.Users;

/// <summary>What a user is in the system. Ordered: a higher value may do more.</summary>
[JsonConverter(typeof(RoleConverter))]
public enum Role
{
    /// <summary>Trainee.</summary>
    [JsonStringEnumMemberName("ELEV")]
    Elev = 1,

    /// <summary>Staff.</summary>
    [JsonStringEnumMemberName("BRUKER")]
    Bruker = 2,

    /// <summary>Runs a company.</summary>
    [JsonStringEnumMemberName("HOVEDBRUKER")]
    Hovedbruker = 3,

    /// <summary>Runs the platform: every company.</summary>
    [JsonStringEnumMemberName("ADMIN")]
    Admin = 4,
}
