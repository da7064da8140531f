using System.Globalization;
using Tms.Api.Hosting;

namespace Tms.Api.Documents;

/// <summary>What deprecated answers link to: which versions there are, and until when.</summary>
internal static class VersionsPage
{
    /// <summary>The page.</summary>
    public static string Html(HttpContext context)
    {
        var versions = context.RequestServices.GetRequiredService<ApiSettings>().Versions;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>TMS: versions</title></head><body>
            <h1>Versions</h1>
            <p>2.0 is current: ask for it with the path (/api/v2/…), with X-API-Version: 2.0.0 or with Accept:
              application/vnd.tms.v2+json.</p>
            <p>1.0 is deprecated since {versions.V1Deprecated:yyyy-MM-dd} and served until {versions.V1Sunset:yyyy-MM-dd HH:mm:ss} UTC.
              After that it is answered with 410, and 2.0 is what is served where no version is asked for.</p>
            </body></html>
            """);
    }
}
