using System.Net;
using System.Reflection;
using System.Text;
using System.Xml.Linq;
using Tms.Api.Http;
using Tms.Domain.Shared;

namespace Tms.Api.Documents;

/// <summary>
/// The list of codes, with what their documentation says: those of the edge, of single faults, and the <c>…Codes</c> of every area.
/// </summary>
/// <remarks>The <c>type</c> of every problem leads here.</remarks>
internal static class ErrorsPage
{
    /// <summary>The page.</summary>
    public static readonly string Html = Build();

    private static string Build()
    {
        var (said, listed) = (Said(), new HashSet<string>());
        var page = new StringBuilder(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>TMS: error codes</title></head><body><h1>Error codes</h1><dl>");
        Append(page, typeof(ErrorCodes), said, listed);
        page.Append("</dl><h1>Codes of single faults</h1><dl>");
        Append(page, typeof(FaultCodes), said, listed);
        page.Append("</dl><h1>Codes of the rules</h1><dl>");
        foreach (var area in Areas()) Append(page, area, said, listed);
        return page.Append("</dl></body></html>").ToString();
    }

    private static IEnumerable<Type> Areas() => new[] { typeof(RuleCodes), typeof(ErrorsPage) }
        .SelectMany(type => type.Assembly.GetExportedTypes())
        .Where(type => type.Name.EndsWith("Codes", StringComparison.Ordinal) && type != typeof(ErrorCodes) && type != typeof(FaultCodes))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static void Append(StringBuilder page, Type codes, Dictionary<string, string> said, HashSet<string> listed)
    {
        foreach (var field in codes.GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral))
        {
            var code = WebUtility.HtmlEncode((string)field.GetRawConstantValue()!);
            if (!listed.Add(code)) continue;
            var text = said.GetValueOrDefault($"F:{codes.FullName}.{field.Name}", "");
            page.Append("<dt id=\"").Append(code).Append("\"><code>").Append(code).Append("</code></dt><dd>")
                .Append(WebUtility.HtmlEncode(text)).Append("</dd>");
        }
    }

    private static Dictionary<string, string> Said() => new[] { typeof(RuleCodes), typeof(ErrorsPage) }
        .Select(type => Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(type.Assembly.Location)), ".xml"))
        .Where(File.Exists)
        .SelectMany(path => XDocument.Load(path).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "");
}
