using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tms.Api.Http;

namespace Tms.Api.Hosting;

/// <summary>After authentication: limits requests per user, per address where nobody is authenticated, and more tightly on /api/auth and /ops/login; on all nodes together.</summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, ApiSettings settings, PermitSource source, LimitMetrics metrics, TimeProvider time)
{
    private static readonly PathString Api = new("/api");
    private static readonly PathString Auth = new("/api/auth");
    private static readonly PathString OpsLogin = new(Ops.OpsEndpoints.Login);
    private static readonly PathString Verify = new("/verify");
    private readonly RateLimiter _callers = new("callers", settings.RateLimits.PerCaller, settings.RateLimits.Window, source, time);
    private readonly RateLimiter _auth = new("auth", settings.RateLimits.Auth, settings.RateLimits.Window, source, time);

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
        var taken = limiter.Take(caller);
        return taken.IsCompletedSuccessfully ? Go(context, limiter, taken.Result) : Wait(context, limiter, taken);
    }

    private async Task Wait(HttpContext context, RateLimiter limiter, ValueTask<RateTaken> taken) => await Go(context, limiter, await taken);

    private Task Go(HttpContext context, RateLimiter limiter, RateTaken taken)
    {
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(limiter.Limit);
        headers["X-RateLimit-Remaining"] = Text(Math.Max(0, taken.Left));
        headers["X-RateLimit-Reset"] = Text(taken.ResetsAt);
        if (taken.Left >= 0) return next(context);
        metrics.Refused();
        return ProblemWriter.Write(context, TooMany(taken.ResetsAt));
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
