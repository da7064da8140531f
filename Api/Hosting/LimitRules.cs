using Microsoft.AspNetCore.Authorization;

namespace Tms.Api.Hosting;

/// <summary>How a request is counted.</summary>
internal enum LimitRule
{
    /// <summary>Not at all: health, metrics, documents, the hub.</summary>
    None,

    /// <summary>By user where somebody is authenticated, else by address: <c>Tms:RateLimiting:PerCaller</c>.</summary>
    Caller,

    /// <summary>By address, and a second time more tightly: <c>Tms:RateLimiting:Auth</c>. What succeeds is given back there.</summary>
    Stranger,

    /// <summary>By the session that its token names, which its action reads: <c>Tms:RateLimiting:Auth</c> for each.</summary>
    Session,
}

/// <summary>Which limit a request falls under (contract, section 3): the one list.</summary>
internal static class LimitRules
{
    private static readonly PathString Api = new("/api");
    private static readonly PathString Auth = new("/api/auth");
    private static readonly PathString OpsLogin = new(Ops.OpsEndpoints.Login);
    private static readonly PathString Verify = new("/verify");

    /// <summary>The rule of a request that has found its endpoint.</summary>
    public static LimitRule Of(HttpContext context)
    {
        var path = context.Request.Path;
        if (Is(path, OpsLogin)) return LimitRule.Stranger;
        if (!Is(path, Api)) return Is(path, Verify) ? LimitRule.Caller : LimitRule.None;
        if (!Is(path, Auth) || context.GetEndpoint()?.Metadata is not { } metadata) return LimitRule.Caller;
        if (metadata.GetMetadata<CountedBySessionAttribute>() is not null) return LimitRule.Session;

        // Logging in with somebody's token beside the password is still a stranger's try.
        return metadata.GetMetadata<IAllowAnonymous>() is not null ? LimitRule.Stranger : LimitRule.Caller;
    }

    private static bool Is(PathString path, PathString root) => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The action counts its requests itself, by the session of the refresh token that comes with them.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CountedBySessionAttribute : Attribute;
