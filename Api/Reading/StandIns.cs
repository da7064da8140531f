using System.Text.Json.Nodes;

namespace Tms.Api.Reading;

/// <summary>A document in which sound values stand for the wrong ones, so that rules can judge the rest.</summary>
internal static class StandIns
{
    /// <summary>The document with its wrong values replaced; null if nothing of it can be kept.</summary>
    /// <param name="body">UTF-8, proper JSON.</param>
    /// <param name="wrong">Places of wrong and missing values, with their shapes.</param>
    /// <param name="high">Which of the two stand-ins of each shape; a rule that speaks for one only speaks of the stand-in.</param>
    public static JsonNode? Replace(ReadOnlySpan<byte> body, IReadOnlyList<WrongValue> wrong, bool high)
    {
        if (wrong.Any(value => value.Path.Length == 0)) return null;
        var document = JsonNode.Parse(body)!;
        foreach (var (path, shape) in wrong.OrderByDescending(value => value.Path.Length)) Put(document, path, shape, high);
        return document;
    }

    private static void Put(JsonNode document, (string? Name, int Index)[] path, Shape? shape, bool high)
    {
        var holder = document;
        foreach (var (name, index) in path[..^1]) holder = name is null ? holder![index] : holder![name];
        if (path[^1].Name is not { } last) holder!.AsArray()[path[^1].Index] = shape?.StandIn(high);
        else if (shape is null) holder!.AsObject().Remove(last);
        else holder!.AsObject()[last] = shape.StandIn(high);
    }
}

/// <summary>A value of a document that is wrong or missing.</summary>
/// <param name="Path">Names of properties, or indexes of items.</param>
/// <param name="Shape">What should stand there; null: nothing.</param>
internal readonly record struct WrongValue((string? Name, int Index)[] Path, Shape? Shape);
