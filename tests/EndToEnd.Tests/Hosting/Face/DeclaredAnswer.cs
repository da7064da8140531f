using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>What a document says of one status of an address.</summary>
internal sealed partial class DeclaredAnswer
{
    private readonly Dictionary<string, Lazy<Shape>> _bodies;
    private readonly HashSet<string>? _codes;

    public DeclaredAnswer(JsonElement said, ShapeReader shapes)
    {
        _bodies = said.TryGetProperty("content", out var content)
            ? content.EnumerateObject().ToDictionary(type => type.Name, type => shapes.Of(type.Value.GetProperty("schema")))
            : [];
        _codes = said.TryGetProperty("x-codes", out var codes) ? [.. codes.EnumerateArray().Select(code => code.GetString()!)] : null;
    }

    /// <summary>What is wrong with an answer of this status; null: nothing.</summary>
    public string? Fault(string? mediaType, ReadOnlyMemory<byte> body)
    {
        if (_bodies.Count == 0) return body.IsEmpty ? null : "has a body that is not declared";
        if (mediaType is null || !_bodies.TryGetValue(Vendor().Replace(mediaType, "application/json"), out var shape))
            return $"is '{mediaType}', and {string.Join(", ", _bodies.Keys)} is declared";
        if (!mediaType.EndsWith("json", StringComparison.Ordinal)) return null;
        var json = JsonElement.Parse(body.Span);
        return shape.Value.Fault(json) ?? FaultOfCode(json);
    }

    private string? FaultOfCode(JsonElement json) =>
        _codes is not null && json.TryGetProperty("code", out var code) && !_codes.Contains(code.GetString()!)
            ? $"has the code '{code}', and {string.Join(", ", _codes)} are declared"
            : null;

    [GeneratedRegex(@"^application/vnd\.tms\.v\d(\.\d)?\+json$")]
    private static partial Regex Vendor();
}
