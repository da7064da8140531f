using Tms.Api.Security;

namespace Tms.Api.Ops;

/// <summary>The cookies of the operators' pages: out of reach of scripts, never sent from another site, and sent to /ops alone.</summary>
internal static class OpsCookie
{
    /// <summary>Holds the access token of a session.</summary>
    public const string Session = "tms-ops";

    /// <summary>Holds what ties a login form to the browser that asked for it.</summary>
    public const string Form = "tms-ops-form";

    /// <summary>Sets a cookie for as long as an access token holds.</summary>
    public static void Set(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(name, value, Options(context, TokenIssuer.Lifetime));

    /// <summary>Has the browser forget a cookie.</summary>
    public static void Forget(HttpContext context, string name) => context.Response.Cookies.Delete(name, Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/ops",
        MaxAge = age,
        IsEssential = true,
    };
}
