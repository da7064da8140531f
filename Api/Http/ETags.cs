using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Tms.Api.Http;

/// <summary>ETags of TMS: the version of the resource in quotes, such as <c>"12"</c>; v1's bytes of it have <c>"12-v1"</c>.</summary>
public static class ETags
{
    private const string OldMark = "-v1";
    private const int Never = -1;

    /// <summary>The ETag of what a major version shows of a resource's version.</summary>
    public static string Of(int version, bool isV1) => string.Create(CultureInfo.InvariantCulture, $"\"{version}{(isV1 ? OldMark : "")}\"");

    /// <summary>Whether If-None-Match names the ETag (weakly or strongly) or is <c>*</c>: the caller has it already.</summary>
    /// <remarks>What is no tag says nothing.</remarks>
    public static bool IsKnown(HttpRequest request, string tag)
    {
        var header = request.Headers.IfNoneMatch;
        if (header is ["*"]) return true;
        foreach (var line in header)
        {
            var tags = new EntityTags(line);
            while (tags.Next()) if (tags.Text.SequenceEqual(tag.AsSpan()[1..^1])) return true;
        }

        return false;
    }

    /// <summary>Reads If-Match.</summary>
    /// <param name="header">The header's values.</param>
    /// <param name="versions">The versions named; null for <c>*</c>: any.</param>
    /// <returns>
    /// False if it names no tag, or something that is none. A weak tag, or one that is not ours, is a version that never is (-1).
    /// </returns>
    public static bool TryParse(StringValues header, out int[]? versions)
    {
        versions = null;
        if (header is ["*"]) return true;
        List<int> named = [];
        foreach (var line in header)
        {
            var tags = new EntityTags(line);
            while (tags.Next()) named.Add(tags.IsWeak ? Never : Version(tags.Text));
            if (tags.IsMalformed) return false;
        }

        versions = [.. named];
        return named.Count > 0;
    }

    // Tags are opaque: only the text that we write names a version. Both majors' tags do, for a write asks after the resource.
    private static int Version(ReadOnlySpan<char> text)
    {
        var digits = text.EndsWith(OldMark, StringComparison.Ordinal) ? text[..^OldMark.Length] : text;
        if (digits is ['0', _, ..]) return Never;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : Never;
    }
}
