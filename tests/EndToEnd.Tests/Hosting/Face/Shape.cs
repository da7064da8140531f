using System.Text.Json;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>A schema of an OpenAPI document, read once: tells what is wrong with a value.</summary>
internal sealed class Shape
{
    /// <summary>JSON types that are allowed; empty: all.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>();

    /// <summary>The texts that are allowed; null: all.</summary>
    public IReadOnlySet<string>? Words { get; init; }

    /// <summary>What a text is; null: any text.</summary>
    public string? Format { get; init; }

    /// <summary>Members of an object; null: any.</summary>
    public IReadOnlyDictionary<string, Lazy<Shape>>? Members { get; init; }

    /// <summary>Members that must be there.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What each item of a list is, and each member of an object that is a map; null: anything.</summary>
    public Lazy<Shape>? Item { get; init; }

    /// <summary>Shapes of which one is enough.</summary>
    public IReadOnlyList<Lazy<Shape>> OneOf { get; init; } = [];

    /// <summary>What is wrong with a value, and where; null: nothing.</summary>
    public string? Fault(JsonElement value, string at = "")
    {
        if (OneOf.Count > 0) return FaultOfAll(value, at);
        if (Types.Count > 0 && !Types.Contains(TypeOf(value)) && !(Types.Contains("number") && TypeOf(value) == "integer"))
            return $"{at} is {TypeOf(value)}, not {string.Join(" or ", Types)}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => FaultOfObject(value, at),
            JsonValueKind.Array when Item is { } item =>
                First(value.EnumerateArray().Select((one, i) => item.Value.Fault(one, $"{at}/{i}"))),
            JsonValueKind.String => FaultOfText(value, at),
            _ => null,
        };
    }

    private string? FaultOfAll(JsonElement value, string at)
    {
        var faults = OneOf.Select(one => one.Value.Fault(value, at)).ToArray();
        return faults.Contains(null) ? null : string.Join("; nor: ", faults);
    }

    private string? FaultOfObject(JsonElement value, string at)
    {
        if (Members is null && Item is null) return null;
        if (Required.FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing) return $"{at}/{missing} is missing";
        return First(value.EnumerateObject().Select(member => ShapeOf(member.Name) is { } shape
            ? shape.Value.Fault(member.Value, $"{at}/{member.Name}")
            : $"{at}/{member.Name} is not declared"));
    }

    private Lazy<Shape>? ShapeOf(string name) => Members?.GetValueOrDefault(name) ?? Item;

    private string? FaultOfText(JsonElement value, string at)
    {
        var text = value.GetString()!;
        if (Words is not null && !Words.Contains(text)) return $"{at} is '{text}', none of {string.Join(", ", Words)}";
        var fits = Format switch
        {
            "uuid" => Guid.TryParseExact(text, "D", out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            "date-time" => value.TryGetDateTimeOffset(out _) && text.EndsWith('Z'),
            _ => true,
        };
        return fits ? null : $"{at} is '{text}', no {Format}";
    }

    private static string? First(IEnumerable<string?> faults) => faults.FirstOrDefault(fault => fault is not null);

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.GetRawText().AsSpan().ContainsAny(".eE") ? "number" : "integer",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
