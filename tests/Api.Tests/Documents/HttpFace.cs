using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tms.Api.Tests.Documents;

/// <summary>Everything that a version of the API promises, as lines that a reviewer reads: its addresses, then its shapes.</summary>
internal static partial class HttpFace
{
    /// <summary>The lines.</summary>
    public static string Of(JsonElement document)
    {
        var text = new StringBuilder();
        foreach (var path in document.GetProperty("paths").EnumerateObject().OrderBy(path => path.Name, StringComparer.Ordinal))
        {
            foreach (var operation in path.Value.EnumerateObject().OrderBy(one => one.Name, StringComparer.Ordinal))
                Append(text, $"{operation.Name.ToUpperInvariant()} {path.Name}", Operation(operation.Value));
        }

        var shapes = document.GetProperty("components").GetProperty("schemas").EnumerateObject();
        foreach (var shape in shapes.OrderBy(shape => shape.Name, StringComparer.Ordinal)) Append(text, shape.Name, Shape(shape.Value));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(title).Append('\n');
        foreach (var line in lines) text.Append("    ").Append(line).Append('\n');
        text.Append('\n');
    }

    private static IEnumerable<string> Shape(JsonElement schema) =>
        schema.TryGetProperty("properties", out _) ? ShapeText.Members(schema) : [ShapeText.Of(schema)];

    private static IEnumerable<string> Operation(JsonElement operation) =>
        [
            $"as {operation.GetProperty("operationId").GetString()}", Caller(operation), .. Parameters(operation), .. Body(operation),
            .. Answers(operation)];

    private static string Caller(JsonElement operation)
    {
        if (!operation.TryGetProperty("security", out _)) return "anonymous";
        var said = operation.TryGetProperty("description", out var text) ? Permissions().Match(text.GetString()!) : Match.Empty;
        var own = said.Groups[2].Success ? $", for one's own {said.Groups[2]}" : "";
        return said.Success ? $"needs {said.Groups[1]}{own}" : "needs a token";
    }

    private static IEnumerable<string> Parameters(JsonElement operation) =>
        !operation.TryGetProperty("parameters", out var all) ? [] : all.EnumerateArray()
            .Select(parameter => (In: parameter.GetProperty("in").GetString(), Name: parameter.GetProperty("name").GetString()!, parameter))
            .OrderBy(one => one.In switch { "path" => 0, "query" => 1, _ => 2 }).ThenBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => $"{one.In} {one.Name}{Mark(one.parameter)}: {Words(one.parameter.GetProperty("schema"))}");

    private static IEnumerable<string> Body(JsonElement operation) =>
        !operation.TryGetProperty("requestBody", out var body) ? [] :
            body.GetProperty("content").EnumerateObject().OrderBy(type => type.Name, StringComparer.Ordinal)
                .Select(type => $"body{Mark(body)} {type.Name}: {Words(type.Value.GetProperty("schema"))}");

    private static IEnumerable<string> Answers(JsonElement operation) =>
        operation.GetProperty("responses").EnumerateObject().OrderBy(answer => answer.Name, StringComparer.Ordinal).SelectMany(Answer);

    private static IEnumerable<string> Answer(JsonProperty answer) => !answer.Value.TryGetProperty("content", out var content)
        ? [answer.Name]
        : content.EnumerateObject().OrderBy(type => type.Name, StringComparer.Ordinal).Select(type =>
            $"{answer.Name} {type.Name}: {Words(type.Value.GetProperty("schema"))}{Codes(answer.Value)}");

    private static string Codes(JsonElement answer) =>
        answer.TryGetProperty("x-codes", out var codes) ? $" ({string.Join(", ", codes.EnumerateArray())})" : "";

    private static string Words(JsonElement schema) => ShapeText.Of(schema) + ShapeText.Default(schema);

    private static string Mark(JsonElement said) => said.TryGetProperty("required", out var must) && must.GetBoolean() ? "*" : "";

    [GeneratedRegex(@"Needs the permission (\w+)\.(?: For one's own: the permission (\w+)\.)?")]
    private static partial Regex Permissions();
}
