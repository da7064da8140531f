using System.Text.Json;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>Reads the subset of JSON schema that our documents use; shapes with a name are read once.</summary>
internal sealed class ShapeReader
{
    private readonly Dictionary<string, Lazy<Shape>> _named;

    /// <summary>A reader of a document's schemas.</summary>
    public ShapeReader(JsonElement document) => _named = document.GetProperty("components").GetProperty("schemas").EnumerateObject()
        .ToDictionary(schema => "#/components/schemas/" + schema.Name, schema => Made(schema.Value));

    /// <summary>The shape that a schema says.</summary>
    public Lazy<Shape> Of(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("$ref", out var name) ? _named[name.GetString()!] : Made(schema);

    private Lazy<Shape> Made(JsonElement schema) => new(() => schema.ValueKind == JsonValueKind.Object ? Read(schema) : new Shape());

    private Shape Read(JsonElement schema) => new()
    {
        Types = Texts(schema, "type").ToHashSet(),
        Words = schema.TryGetProperty("enum", out _) ? Texts(schema, "enum").ToHashSet() : null,
        Format = schema.TryGetProperty("format", out var format) ? format.GetString() : null,
        Members = schema.TryGetProperty("properties", out var members)
            ? members.EnumerateObject().ToDictionary(member => member.Name, member => Of(member.Value))
            : null,
        Required = [.. Texts(schema, "required")],
        Item = Item(schema),
        OneOf = schema.TryGetProperty("oneOf", out var several) ? [.. several.EnumerateArray().Select(Of)] : [],
    };

    private Lazy<Shape>? Item(JsonElement schema) =>
        schema.TryGetProperty("items", out var item) ? Of(item)
        : schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.Object ? Of(more)
        : null;

    private static IEnumerable<string> Texts(JsonElement schema, string name) =>
        !schema.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(one => one.GetString() ?? "null")
        : [value.GetString()!];
}
