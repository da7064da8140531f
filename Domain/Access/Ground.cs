using Tms.Domain.Users;

namespace Tms.Domain.Access;

/// <summary>One reason to see something.</summary>
/// <param name="Permission">The permission that the caller must have; its module must be active.</param>
/// <param name="Reach">How far it reaches.</param>
/// <param name="Subject">The person, or the room; empty for the whole company.</param>
public readonly record struct Ground(Permission Permission, Reach Reach, Guid Subject = default);

/// <summary>Whom a ground reaches among those with its permission.</summary>
public enum Reach
{
    /// <summary>Everybody in the company.</summary>
    Company,

    /// <summary>The person concerned.</summary>
    Person,

    /// <summary>Members of a room.</summary>
    Room,
}
