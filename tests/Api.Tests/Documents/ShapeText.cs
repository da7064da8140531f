using System.Text.Json;

namespace Tms.Api.Tests.Documents;

/// <summary>A JSON schema in a few words, e.g. <c>decimal 0..100 step 0.01 | null</c>.</summary>
internal static class ShapeText
{
    /// <summary>The words.</summary>
    public static string Of(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object) return "any";
        if (schema.TryGetProperty("$ref", out var reference)) return reference.GetString()!.Split('/')[^1];
        foreach (var word in (string[])["oneOf", "anyOf"])
        {
            if (schema.TryGetProperty(word, out var several))
                return string.Join(" | ", several.EnumerateArray().Select(Of).Order(NullLast));
        }

        if (schema.TryGetProperty("enum", out var values))
            return string.Join(" | ", values.EnumerateArray().Select(value => value.ToString()).Select(text => text is "" ? "null" : text));
        var types = Types(schema);
        return string.Join(" | ", types.Count == 0 ? ["any"] : types.Select(type => Of(schema, type)));
    }

    /// <summary>The members of an object, a line each: those that must be there are marked with *.</summary>
    public static IEnumerable<string> Members(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties)) return [];
        HashSet<string?> required = schema.TryGetProperty("required", out var names)
            ? [.. names.EnumerateArray().Select(name => name.GetString())]
            : [];
        return properties.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}{(required.Contains(member.Name) ? "*" : "")}: {Of(member.Value)}{Default(member.Value)}");
    }

    /// <summary>What counts where a value is left out; empty: nothing.</summary>
    public static string Default(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("default", out var value) && value.ValueKind != JsonValueKind.Null
            ? $" = {value}"
            : "";

    /// <summary>The JSON types that a schema allows, null last.</summary>
    public static IReadOnlyList<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.String ? [type.GetString()!]
        : [.. type.EnumerateArray().Select(one => one.GetString()!).Order(NullLast)];

    private static IComparer<string> NullLast { get; } =
        Comparer<string>.Create((a, b) => (a == "null", a).CompareTo((b == "null", b)));

    private static string Of(JsonElement schema, string type) => type switch
    {
        "array" => $"{(schema.TryGetProperty("items", out var item) ? $"[{Of(item)}]" : "[any]")}{Bounds(schema, "Items")}",
        "object" when schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object =>
            $"map of {Of(more)}",
        "object" when schema.TryGetProperty("properties", out _) => $"{{ {string.Join(", ", Members(schema))} }}",
        "string" => $"{Word(schema, "format") ?? "string"}{Bounds(schema, "Length")}{Pattern(schema)}",
        "integer" or "number" => $"{type}{Range(schema)}{(Number(schema, "multipleOf") is { } step ? $" step {step}" : "")}",
        _ => type,
    };

    private static string Bounds(JsonElement schema, string what) => Between(Number(schema, "min" + what), Number(schema, "max" + what));

    private static string Range(JsonElement schema) => Between(Number(schema, "minimum"), Number(schema, "maximum"));

    private static string Between(string? least, string? most) => least is null && most is null ? "" : $" {least}..{most}";

    private static string Pattern(JsonElement schema) => Word(schema, "pattern") is { } pattern ? $" /{pattern}/" : "";

    private static string? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private static string? Word(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;
}
