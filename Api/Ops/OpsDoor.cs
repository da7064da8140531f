using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;

namespace Tms.Api.Ops;

/// <summary>
/// After authentication, in front of everything under /ops: knows operators by their cookie and sends browsers without one to the login.
/// </summary>
/// <remarks>Who may go on is decided after it, as for every address: <see cref="Access"/>.</remarks>
internal sealed class OpsDoor(RequestDelegate next)
{
    // The dashboard's script makes styles and draws pictures as it runs; it speaks to this server only.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly PathString[] Pages =
        [OpsEndpoints.Dashboard, OpsEndpoints.Dashboard + "/", OpsEndpoints.Dashboard + "/index.html"];

    // What a grain holds and what a process logs is a company's: stored data leaves by admin/streams alone.
    private static readonly PathString[] Closed = [OpsEndpoints.Dashboard + "/GrainState", OpsEndpoints.Dashboard + "/Trace"];

    // The dashboard takes what follows for a silo's name without looking.
    private static readonly PathString[] OfSilos =
        [.. from name in (string[])[
            "SiloProperties", "HistoricalStats", "SiloStats", "SiloCounters"] select new PathString($"{OpsEndpoints.Dashboard}/{name}")];

    public async Task Invoke(HttpContext context, OpsSessions sessions)
    {
        context.Response.Headers.CacheControl = SecurityHeaders.NoStore;
        context.Response.Headers.ContentSecurityPolicy = Policy;
        if (IsClosed(context.Request.Path))
        {
            await ProblemWriter.Write(context, Problem.NotFound());
            return;
        }

        // Who brings a token means that one, whatever the browser has kept.
        if (context.Request.Headers.Authorization.Count == 0 && await sessions.Find(context) is { } principal) Enter(context, principal);
        if (context.Facts().Caller is null && context.GetEndpoint() is RouteEndpoint && IsPage(context.Request))
        {
            context.Response.Redirect(OpsEndpoints.Login);
            return;
        }

        await next(context);
    }

    private static void Enter(HttpContext context, CallerPrincipal principal)
    {
        context.User = principal;
        context.Facts().Caller = principal.Caller;
    }

    private static bool IsClosed(PathString asked) =>
        Array.Exists(Closed, path => asked.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(OfSilos, path => asked.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase, out var silo) && !IsSilo(silo));

    private static bool IsSilo(PathString name)
    {
        try
        {
            return SiloAddress.FromParsableString(name.Value?.TrimStart('/') ?? "") is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool IsPage(HttpRequest request) =>
        Array.Exists(Pages, page => request.Path.Equals(page, StringComparison.OrdinalIgnoreCase));
}
