using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tms.Api.Http;

namespace Tms.Api.Hosting;

/// <summary>After authentication: limits requests per user, per address where nobody is authenticated, and more tightly on /api/auth and /ops/login. Each node counts for itself.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, ApiSettings settings, TimeProvider time)
{
    private static readonly PathString Api = new("/api");
    private static readonly PathString Auth = new("/api/auth");
    private static readonly PathString OpsLogin = new(Ops.OpsEndpoints.Login);
    private static readonly PathString Verify = new("/verify");
    private readonly RateLimiter _callers = new(settings.RateLimits.PerCaller, settings.RateLimits.Window, time);
    private readonly RateLimiter _auth = new(settings.RateLimits.Auth, settings.RateLimits.Window, time);

    public Task Invoke(HttpContext context)
    {
        var path = context.Request.Path;
        var isApi = path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase);
        var isAuth = path.StartsWithSegments(isApi ? Auth : OpsLogin, StringComparison.OrdinalIgnoreCase);
        if (!isApi && !isAuth && !path.StartsWithSegments(Verify, StringComparison.OrdinalIgnoreCase)) return next(context);
        return Limit(context, isAuth ? _auth : _callers, isAuth ? Address(context) : context.Facts().Caller?.Actor ?? Address(context));
    }

    private Task Limit(HttpContext context, RateLimiter limiter, object caller)
    {
        var (left, resetsAt) = limiter.Take(caller);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(limiter.Limit);
        headers["X-RateLimit-Remaining"] = Text(Math.Max(0, left));
        headers["X-RateLimit-Reset"] = Text(resetsAt);
        return left >= 0 ? next(context) : ProblemWriter.Write(context, TooMany(resetsAt));
    }

    private Problem TooMany(long resetsAt) => new(429, ErrorCodes.RateLimited, "Too many requests; Retry-After says when to go on.")
    {
        RetryAfter = (int)Math.Max(1, resetsAt - time.GetUtcNow().ToUnixTimeSeconds()),
    };

    // One household has a /64 of IPv6: that is the caller, not each of its addresses.
    private static object Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? BitConverter.ToInt64(address.GetAddressBytes()) : address;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
