using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace Tms.Api.Pages;

/// <summary>
/// The pages for people without a token: what this server is, and what the links in mails open. In Norwegian, or in English for browsers
/// that ask for it.
/// </summary>
/// <remarks>
/// They use the API as any other client does, and nothing from elsewhere. Addresses are relative: a proxy may serve them under a path of
/// its own.
/// </remarks>
internal static class PublicPages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    /// <summary>Maps <c>/</c>, <c>/join</c>, <c>/reset-password</c>, <c>/confirm-email</c>, and their script and style.</summary>
    public static void MapPublicPages(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet("/", static context => Write(context, PageTexts.Home));
        foreach (var page in PageTexts.Mailed) pages.MapGet("/" + page.Name, context => Write(context, page.Html));
        pages.MapGet("/pages/pages.js", static context => File(context, "pages.js", MediaTypeNames.Text.JavaScript));
        pages.MapGet("/pages/pages.css", static context => File(context, "pages.css", MediaTypeNames.Text.Css));
    }

    private static Task Write(HttpContext context, Func<bool, string> html)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
        return response.WriteAsync(html(IsEnglish(context.Request)), context.RequestAborted);
    }

    private static async Task File(HttpContext context, string name, string type)
    {
        context.Response.ContentType = type + "; charset=utf-8";
        context.Response.Headers.CacheControl = "public, max-age=300";
        await using var file = typeof(PublicPages).Assembly.GetManifestResourceStream($"Tms.Api.Pages.{name}")!;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    // Norwegian, unless a browser would rather have English: whoever says nothing is a Norwegian driver.
    private static bool IsEnglish(HttpRequest request)
    {
        var wanted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Select(language => language.Value.Value?.Split('-')[0].ToLowerInvariant());
        return wanted.FirstOrDefault(language => language is "nb" or "no" or "nn" or "da" or "sv" or "en") == "en";
    }
}
