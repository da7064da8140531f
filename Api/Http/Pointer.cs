using System.Globalization;
using System.Text;

namespace Tms.Api.Http;

/// <summary>JSON pointers (RFC 6901), and the way the old system wrote the same.</summary>
internal static class Pointer
{
    private static readonly char[] Joints = ['.', '[', ']'];

    /// <summary>A segment with its two special characters written out.</summary>
    public static string Escape(string segment) =>
        segment.AsSpan().IndexOfAny('~', '/') < 0
            ? segment
            : segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary><c>$.lines[0].quantity</c>, as the serializer names places, as <c>/lines/0/quantity</c>.</summary>
    public static string OfPath(string path) =>
        string.Concat(path.Split(Joints, StringSplitOptions.RemoveEmptyEntries)
            .Where(segment => segment != "$").Select(segment => "/" + Escape(segment)));

    /// <summary><c>/fakturaLinjer/0/antall</c> as <c>fakturaLinjer[0].antall</c>.</summary>
    public static string ToDotted(string pointer)
    {
        if (pointer.Length == 0 || pointer[0] != '/') return pointer;
        var text = new StringBuilder(pointer.Length);
        foreach (var segment in pointer[1..].Split('/')) Append(text, segment);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string segment)
    {
        if (int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out _)) text.Append('[').Append(segment).Append(']');
        else text.Append(text.Length > 0 ? "." : "")
            .Append(segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
    }
}
