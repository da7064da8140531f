using System.Net;
using System.Text;
using Tms.Api.Http;

namespace Tms.Api.Documents;

/// <summary>
/// The list of codes, with what their documentation says: those of the edge, of single faults, and of the rules of every area.
/// </summary>
/// <remarks>The <c>type</c> of every problem leads here.</remarks>
internal static class ErrorsPage
{
    /// <summary>The page.</summary>
    public static readonly string Html = Build();

    private static string Build()
    {
        var page = new StringBuilder(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>TMS: error codes</title></head><body>");
        Append(page, "Error codes", type => type == typeof(ErrorCodes));
        Append(page, "Codes of single faults", type => type == typeof(FaultCodes));
        Append(page, "Codes of the rules", type => type != typeof(ErrorCodes) && type != typeof(FaultCodes));
        return page.Append("</body></html>").ToString();
    }

    private static void Append(StringBuilder page, string title, Func<Type, bool> from)
    {
        page.Append("<h1>").Append(title).Append("</h1><dl>");
        foreach (var (name, text, _) in CodeList.All.Where(listed => from(listed.Class)))
        {
            var code = WebUtility.HtmlEncode(name);
            page.Append("<dt id=\"").Append(code).Append("\"><code>").Append(code).Append("</code></dt><dd>")
                .Append(WebUtility.HtmlEncode(text)).Append("</dd>");
        }

        page.Append("</dl>");
    }
}
