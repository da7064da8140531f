using Tms.Api.Tenancy;
using Tms.Domain.Access;

namespace Tms.Api.Security;

/// <summary>"Own" in one place: which of a company's things a caller reaches with the permissions of the action.</summary>
internal static class OwnThings
{
    /// <summary>Whether the caller reaches a thing of a person: by the action's permission, or as that person by its lower one.</summary>
    /// <param name="context">The request; its action says <c>[Requires(permission, own)]</c>.</param>
    /// <param name="owner">The person whose thing it is.</param>
    public static bool MayReach(this HttpContext context, Guid owner)
    {
        var requires = context.GetEndpoint()?.Metadata.GetMetadata<RequiresAttribute>()
            ?? throw new InvalidOperationException("The action does not say [Requires].");
        var viewer = context.Caller().In(context.Tenant());
        return requires.Audience.For(owner).Any(viewer.Holds);
    }
}
