using System.Diagnostics;
using Tms.Grains.Mail;

namespace Tms.Silo.Ops;

/// <summary>
/// What a silo's own port says to whoever looks for the dashboard there: where it is, behind the login that only Api has.
/// </summary>
internal static class DashboardSign
{
    private static readonly string[] Paths = ["/", "/dashboard"];
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Sends those who open <c>/</c> or <c>/dashboard</c> to the dashboard of Api; where it is switched off, 404 says so.
    /// </summary>
    internal static void MapDashboardSign(this WebApplication app, SiloOptions options)
    {
        var dashboard = $"{app.Services.GetRequiredService<MailSettings>().PublicUrl.AbsoluteUri.TrimEnd('/')}/ops/orleans";
        foreach (var path in Paths)
            app.MapMethods(path, Reading, options.Dashboard ? context => Send(context, dashboard) : context => Refuse(context, dashboard));
    }

    private static Task Send(HttpContext context, string where)
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = where;
        context.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }

    private static Task Refuse(HttpContext context, string where)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Problem(
            $"The Orleans dashboard is switched off. Start every process of the cluster with Tms:Dashboard:Enabled=true; it is then at "
                + $"{where}, behind a login.",
            context.Request.Path, StatusCodes.Status404NotFound, "Not Found", "/docs/errors#not_found", Extensions(context))
            .ExecuteAsync(context);
    }

    private static Dictionary<string, object?> Extensions(HttpContext context) => new()
    {
        ["code"] = "not_found",
        ["traceId"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
    };
}
