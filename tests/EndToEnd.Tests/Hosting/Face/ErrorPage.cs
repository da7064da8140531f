using System.Text.Json;
using Tms.Api.Documents;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>The page of error codes, by what an error says of itself.</summary>
internal static class ErrorPage
{
    private const string Address = "/docs/errors#";

    private static readonly HashSet<string> Anchors =
        [.. ErrorsPage.Html.Split("<dt id=\"").Skip(1).Select(entry => entry[..entry.IndexOf('"', StringComparison.Ordinal)])];

    /// <summary>What is wrong: a code that the page does not have, or a <c>type</c> that does not lead there; null: nothing.</summary>
    public static string? Fault(JsonElement problem)
    {
        var code = Text(problem, "code");
        if (Text(problem, "type") is { } type && !type.EndsWith(Address + code, StringComparison.Ordinal))
            return $"has the type '{type}', which does not lead to the code '{code}'";
        return Codes(problem, code).FirstOrDefault(one => !Anchors.Contains(one)) is { } unsaid
            ? $"has the code '{unsaid}', and {Address} does not say what it is"
            : null;
    }

    private static IEnumerable<string> Codes(JsonElement problem, string? code) =>
    [
        .. code is null ? Array.Empty<string>() : [code],
        .. problem.TryGetProperty("errors", out var faults) ? faults.EnumerateArray().Select(fault => Text(fault, "code") ?? "") : [],
    ];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;
}
