using System.Net;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Tms.Api.Http;

namespace Tms.Api.Documents;

/// <summary>The list of codes, from <see cref="ErrorCodes"/> and <see cref="FaultCodes"/> and what their documentation says. The <c>type</c> of every problem leads here.</summary>
internal static class ErrorsPage
{
    /// <summary>The page.</summary>
    public static readonly string Html = Build();

    private static string Build()
    {
        var said = Said();
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>TMS: error codes</title></head><body><h1>Error codes</h1><dl>");
        Append(page, typeof(ErrorCodes), said);
        page.Append("</dl><h1>Codes of single faults</h1><dl>");
        Append(page, typeof(FaultCodes), said);
        return page.Append("</dl></body></html>").ToString();
    }

    private static void Append(StringBuilder page, Type codes, Dictionary<string, string> said)
    {
        foreach (var field in codes.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var code = WebUtility.HtmlEncode((string)field.GetRawConstantValue()!);
            var text = said.GetValueOrDefault($"F:{codes.FullName}.{field.Name}", "");
            page.Append("<dt id=\"").Append(code).Append("\"><code>").Append(code).Append("</code></dt><dd>").Append(WebUtility.HtmlEncode(text)).Append("</dd>");
        }
    }

    private static Dictionary<string, string> Said()
    {
        var path = Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(typeof(ErrorsPage).Assembly.Location)), ".xml");
        if (!File.Exists(path)) return [];
        return XDocument.Load(path).Descendants("member").ToDictionary(
            member => member.Attribute("name")!.Value,
            member => member.Element("summary")?.Value.Trim() ?? "");
    }
}
