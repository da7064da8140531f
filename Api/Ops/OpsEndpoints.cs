using Microsoft.AspNetCore.Http.Features;
using Orleans.Dashboard;
using Tms.Api.Auth;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Ops;

/// <summary>The operators' pages under /ops: login, logout, and the Orleans dashboard for an ADMIN.</summary>
public static class OpsEndpoints
{
    /// <summary>Where the dashboard is.</summary>
    internal const string Dashboard = "/ops/orleans";

    /// <summary>Where operators log in.</summary>
    internal const string Login = "/ops/login";

    private const string WrongLogin = "E-mail address or password is wrong.";
    private const string NeedsCode = "This login needs the second factor's code, too: fill in everything again.";
    private const string OldForm = "This form is too old, or was not made for this browser: please try again.";
    private static readonly PathString Root = new("/ops");

    // Four short fields: nobody needs more.
    private static readonly FormOptions Small =
        new() { ValueCountLimit = 8, KeyLengthLimit = 64, ValueLengthLimit = 2048, BufferBodyLengthLimit = 16 << 10 };

    /// <summary>Adds the sessions and forms of the pages.</summary>
    public static IServiceCollection AddTmsOps(this IServiceCollection services) =>
        services.AddSingleton<OpsSessions>().AddSingleton<OpsForms>();

    /// <summary>Maps the pages. Needs <see cref="AddTmsOps"/>, and the dashboard on silo or client.</summary>
    public static void MapTmsOps(this WebApplication app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/ops", static context => Go(context, Login, StatusCodes.Status302Found));
        pages.MapGet(Login, Show);
        pages.MapPost(Login, LogIn);
        pages.MapPost("/ops/logout", LogOut);
        app.MapOrleansDashboard(Dashboard).WithMetadata(new RequiresAttribute(Permission.PlatformAdmin) { Platform = true })
            .RequireAuthorization().ExcludeFromDescription();
    }

    /// <summary>Whether a request is for the operators' pages, which no other page may call.</summary>
    internal static bool AreAsked(HttpContext context) => context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);

    /// <summary>Puts the door in front of the pages.</summary>
    internal static void UseOpsDoor(this IApplicationBuilder app) => app.UseWhen(AreAsked, static ops => ops.UseMiddleware<OpsDoor>());

    private static Task Show(HttpContext context)
    {
        var forms = context.RequestServices.GetRequiredService<OpsForms>();
        return context.Facts().Caller is { SessionId: { } session } caller
            ? OpsPages.Home(context, caller.Email, forms.ForLogout(session))
            : OpsPages.Login(context, StatusCodes.Status200OK, forms.ForLogin(context), null);
    }

    private static async Task LogIn(HttpContext context)
    {
        var forms = context.RequestServices.GetRequiredService<OpsForms>();
        if (await Read(context.Request) is not { } form || !IsText(form) || !forms.IsLogin(context, form[OpsForms.Field].ToString()))
        {
            await OpsPages.Login(context, StatusCodes.Status400BadRequest, forms.ForLogin(context), OldForm);
            return;
        }

        if (await Enter(context, form) is var (status, fault))
        {
            await OpsPages.Login(context, status, forms.ForLogin(context), fault);
            return;
        }

        await Go(context, Dashboard + "/", StatusCodes.Status303SeeOther);
    }

    // Null: whoever asks is in.
    private static async Task<(int Status, string Fault)?> Enter(HttpContext context, IFormCollection form)
    {
        var gate = context.RequestServices.GetRequiredService<LoginGate>();
        var proof = await gate.Check(Shown(form), Visit.Of(context), context.RequestAborted);
        if (proof.NeedsCode) return (StatusCodes.Status401Unauthorized, NeedsCode);
        if (proof.User is null) return (StatusCodes.Status401Unauthorized, WrongLogin);
        if (proof.User.Role != Role.Admin) return (StatusCodes.Status403Forbidden, "These pages are for administrators of the platform.");
        return await context.RequestServices.GetRequiredService<OpsSessions>().Begin(context, proof)
            ? null
            : (StatusCodes.Status401Unauthorized, WrongLogin);
    }

    // No database takes a NUL, and no field of a form has a line feed.
    private static bool IsText(IFormCollection form) => form.All(static field => Printable.Holds(field.Value.ToString(), multiLine: false));

    private static Credentials Shown(IFormCollection form) =>
        new(form["email"].ToString(), form["password"].ToString(), form["code"].ToString() is { Length: > 0 } code ? code : null);

    private static async Task LogOut(HttpContext context)
    {
        if (context.Facts().Caller is { SessionId: { } session } caller)
        {
            var forms = context.RequestServices.GetRequiredService<OpsForms>();
            if (await Read(context.Request) is not { } form || !forms.IsLogout(context, session, form[OpsForms.Field].ToString()))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            await context.RequestServices.GetRequiredService<OpsSessions>().End(context, caller);
        }

        await Go(context, Login, StatusCodes.Status303SeeOther);
    }

    private static Task Go(HttpContext context, string where, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = where;
        return Task.CompletedTask;
    }

    private static async Task<IFormCollection?> Read(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType
                ? await new FormFeature(request, Small).ReadFormAsync(request.HttpContext.RequestAborted)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
