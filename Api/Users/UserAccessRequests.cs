using Tms.Domain.Users;

namespace Tms.Api.Users;

/// <summary>Whether a user may log in.</summary>
public sealed record StatusRequest
{
    /// <summary>Whether.</summary>
    public required bool IsActive { get; init; }
}

/// <summary>What a user is.</summary>
public sealed record RoleRequest
{
    /// <summary>HOVEDBRUKER, BRUKER or ELEV; ADMIN for users of the platform.</summary>
    public required Role Role { get; init; }
}
