using Tms.Domain.Users;

namespace Tms.Api.Security;

/// <summary>What an action asks of its caller. Every action has this or [AllowAnonymous]; the start stops where one has neither.</summary>
/// <remarks>On an action it replaces the one of its controller.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresAttribute(Permission permission) : Attribute
{
    /// <summary>The permission that the caller's role must have.</summary>
    public Permission Permission { get; } = permission;

    /// <summary>Whether the address concerns no single company: an ADMIN need not name one. Default: false.</summary>
    public bool Platform { get; init; }
}
