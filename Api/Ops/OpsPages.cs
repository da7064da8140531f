using System.Net;

namespace Tms.Api.Ops;

/// <summary>The operators' own pages: plain HTML without scripts and styles.</summary>
internal static class OpsPages
{
    private const string Policy = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Writes the login form.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">200, or why the last attempt was not taken.</param>
    /// <param name="form">The form's token.</param>
    /// <param name="fault">What was wrong with the last attempt, in a sentence; null: nothing.</param>
    public static Task Login(HttpContext context, int status, string form, string? fault) => Write(context, status, $"""
        <h1>TMS operations</h1>{(fault is null ? "" : $"<p role=\"alert\">{WebUtility.HtmlEncode(fault)}</p>")}
        <form method="post" action="/ops/login">
        <input type="hidden" name="{OpsForms.Field}" value="{form}">
        <p><label>E-mail address<br><input name="email" type="email" autocomplete="username" maxlength="254" required autofocus></label></p>
        <p><label>Password<br><input name="password" type="password" autocomplete="current-password" maxlength="256" required></label></p>
        <p><label>Code, where your login needs one<br><input name="code" autocomplete="one-time-code" maxlength="40"></label></p>
        <p><button>Log in</button></p>
        </form>
        """);

    /// <summary>Writes what somebody who is logged in can open.</summary>
    public static Task Home(HttpContext context, string email, string form) => Write(context, StatusCodes.Status200OK, $"""
        <h1>TMS operations</h1>
        <p>Logged in as {WebUtility.HtmlEncode(email)}.</p>
        <p><a href="{OpsEndpoints.Dashboard}/">Orleans dashboard</a></p>
        <form method="post" action="/ops/logout"><input type="hidden" name="{OpsForms.Field}" value="{form}"><p><button>Log
          out</button></p></form>
        """);

    private static Task Write(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return context.Response.WriteAsync(
            $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>TMS "
                + $"operations</title></head><body>{body}</body></html>", context.RequestAborted);
    }
}
