using Tms.Domain.Access;
using Tms.Domain.Users;

namespace Tms.Api.Security;

/// <summary>What an action asks of its caller. Every action has this or [AllowAnonymous]; the start stops where one has neither.</summary>
/// <remarks>On an action it replaces the one of its controller.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    /// <summary>A permission for everybody's things, and a lower one for one's own.</summary>
    /// <param name="permission">Reaches all things of the company.</param>
    /// <param name="own">Reaches the caller's own things: the action asks <see cref="OwnThings.MayReach"/> about each.</param>
    public RequiresAttribute(Permission permission, Permission own)
        : this(permission) => (Own, Audience) = (own, Audience.Of(permission).Or(Audience.Person(own)));

    /// <summary>The permission that the caller's role must have.</summary>
    public Permission Permission { get; } = permission;

    /// <summary>The permission that is enough for the caller's own things; null: there is no such thing.</summary>
    public Permission? Own { get; }

    /// <summary>Those who may do it, to things of anybody or of their own.</summary>
    internal Audience Audience { get; } = permission;

    /// <summary>Whether a caller may go on at all; which things it reaches is asked for each.</summary>
    internal bool LetsIn(Caller caller) => caller.May(Permission) || (Own is { } own && caller.May(own));

    /// <summary>Whether the address concerns no single company: an ADMIN need not name one. Default: false.</summary>
    public bool Platform { get; init; }
}
