using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Tms.Api.Http;

/// <summary>ETags of TMS: the version of the resource in quotes, such as <c>"12"</c>.</summary>
public static class ETags
{
    /// <summary>The ETag of a version.</summary>
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Whether If-None-Match names the version (weakly or strongly) or is <c>*</c>: the caller has it already.</summary>
    public static bool IsKnown(HttpRequest request, int version)
    {
        foreach (var value in request.Headers.IfNoneMatch)
        {
            foreach (var range in value.AsSpan().Split(',')) if (Names(value.AsSpan(range).Trim(), version)) return true;
        }

        return false;
    }

    /// <summary>Reads If-Match.</summary>
    /// <param name="header">The header's values.</param>
    /// <param name="versions">The versions named; null for <c>*</c>: any.</param>
    /// <returns>False for weak tags and anything else that is no tag. A strong tag that is not ours is a version that never is (-1).</returns>
    public static bool TryParseStrong(StringValues header, out int[]? versions)
    {
        versions = null;
        if (header is ["*"]) return true;
        List<int> named = [];
        foreach (var value in header)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var tag = value.AsSpan(range).Trim();
                if (tag.Length < 2 || tag[0] != '"' || tag[^1] != '"' || tag[1..^1].Contains('"')) return false;
                named.Add(Version(tag[1..^1]) ?? -1);
            }
        }

        versions = [.. named];
        return named.Count > 0;
    }

    private static bool Names(ReadOnlySpan<char> tag, int version)
    {
        if (tag is "*") return true;
        if (tag.StartsWith("W/", StringComparison.Ordinal)) tag = tag[2..];
        return tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' && Version(tag[1..^1]) == version;
    }

    private static int? Version(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
