using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tms.Api.Http;
using Tms.Domain.Shared;

namespace Tms.Api.Documents;

/// <summary>A code that errors are answered with.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Text">What its documentation says: a problem's own begins with its status.</param>
/// <param name="Class">The class of codes that has it.</param>
internal sealed partial record CodeText(string Code, string Text, Type Class)
{
    /// <summary>Whether its documentation names this status.</summary>
    public bool Has(string status) => Statuses().Matches(Text).Any(named => named.Groups[1].Value == status);

    [GeneratedRegex(@"(?:^|\. )(\d{3}): ")]
    private static partial Regex Statuses();
}

/// <summary>
/// Every code with what its documentation says, each once: those of the edge, of single faults, and the <c>…Codes</c> of every area.
/// </summary>
internal static class CodeList
{
    private static readonly Assembly[] Assemblies = [typeof(RuleCodes).Assembly, typeof(CodeList).Assembly];

    /// <summary>All of them, in the order in which a page shows them.</summary>
    public static IReadOnlyList<CodeText> All { get; } = Read();

    /// <summary>The codes that the rules of an area answer with at a status.</summary>
    /// <param name="area">The area's name in every project, e.g. <c>Invoices</c>.</param>
    /// <param name="status">The status.</param>
    /// <param name="ofAll">Whether those of the rules of every area are among them.</param>
    public static IEnumerable<string> Of(string area, string status, bool ofAll) => All
        .Where(code => code.Has(status)
            && ((ofAll && code.Class == typeof(RuleCodes)) || code.Class.Namespace!.EndsWith($".{area}", StringComparison.Ordinal)))
        .Select(code => code.Code);

    private static CodeText[] Read()
    {
        var said = Said();
        return [.. new[] { typeof(ErrorCodes), typeof(FaultCodes) }.Concat(Areas()).SelectMany(type => Read(type, said))
            .DistinctBy(code => code.Code)];
    }

    private static IEnumerable<CodeText> Read(Type codes, Dictionary<string, string> said) => codes
        .GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
        .Select(field => new CodeText(
            (string)field.GetRawConstantValue()!, said.GetValueOrDefault($"F:{codes.FullName}.{field.Name}", ""), codes));

    private static IEnumerable<Type> Areas() => Assemblies.SelectMany(assembly => assembly.GetExportedTypes())
        .Where(type => type.Name.EndsWith("Codes", StringComparison.Ordinal) && type != typeof(ErrorCodes) && type != typeof(FaultCodes))
        .OrderBy(type => type.Name, StringComparer.Ordinal);

    private static Dictionary<string, string> Said() => Assemblies
        .Select(assembly => Path.ChangeExtension(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(assembly.Location)), ".xml"))
        .Where(File.Exists)
        .SelectMany(path => XDocument.Load(path).Descendants("member"))
        .ToDictionary(member => member.Attribute("name")!.Value, member => member.Element("summary")?.Value.Trim() ?? "");
}
