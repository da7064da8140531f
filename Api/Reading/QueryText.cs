using System.Globalization;
using System.Text.Unicode;

namespace Tms.Api.Reading;

/// <summary>
/// The bytes that the escapes of a query stand for. What reads queries leaves those that are no text as they are written.
/// </summary>
internal static class QueryText
{
    /// <summary>Name, as it is written, of the first parameter whose escapes are not UTF-8; null: all are.</summary>
    /// <remarks>A percent that begins no escape is a percent.</remarks>
    /// <param name="query">The query without its question mark.</param>
    public static string? FirstUnreadable(ReadOnlySpan<char> query)
    {
        if (!query.Contains('%')) return null;
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.Contains('%') && !Utf8.IsValid(Unescape(pair))) return NameOf(pair).ToString();
        }

        return null;
    }

    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> pair) => pair.IndexOf('=') is >= 0 and var end ? pair[..end] : pair;

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[count++] = byte.Parse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                bytes[count++] = (byte)(char.IsAscii(text[i]) ? text[i] : '?');
            }
        }

        return bytes.AsSpan(0, count);
    }
}
