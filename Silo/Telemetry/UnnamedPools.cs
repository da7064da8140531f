using System.Text;
using System.Text.RegularExpressions;

namespace Tms.Silo.Telemetry;

/// <summary>
/// Takes connection strings out of the metrics: Npgsql names a pool by its own where nobody named it, which is Orleans' case.
/// </summary>
/// <remarks>Costs a pass over some fifty kilobytes a scrape, and nothing in between.</remarks>
internal static partial class UnnamedPools
{
    public static async Task Hide(HttpContext context, RequestDelegate next)
    {
        // Compressed text could not be searched, and every Prometheus asks for it.
        context.Request.Headers.AcceptEncoding = default;
        var body = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        var text = Encoding.UTF8.GetString(written.GetBuffer(), 0, (int)written.Length);
        await context.Response.WriteAsync(ConnectionString().Replace(text, "${label}\"orleans\""), context.RequestAborted);
    }

    [GeneratedRegex(@"(?<label>pool_name=)""[^""=]*=(?:[^""\\]|\\.)*""")]
    private static partial Regex ConnectionString();
}
