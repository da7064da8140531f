using System.Buffers;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>
/// Content types of bodies that are read as JSON: <c>application/json</c>, or <c>application/anything+json</c>; UTF-8, said or not.
/// </summary>
internal static class JsonTypes
{
    private const string Application = "application/", Json = "json", Suffix = "+json";

    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>415 for a type that is not read as JSON; null for one that is. Parameters beside the charset say nothing here.</summary>
    public static Problem? Refuse(string? contentType)
    {
        if (contentType == "application/json") return null;
        var text = contentType.AsSpan();
        var end = text.IndexOf(';');
        if (!IsJson((end < 0 ? text : text[..end]).Trim(" \t"))) return Faults.Bare(StatusCodes.Status415UnsupportedMediaType);
        return end < 0 ? null : RefuseCharset(text[(end + 1)..]);
    }

    private static bool IsJson(ReadOnlySpan<char> type)
    {
        if (!type.StartsWith(Application, StringComparison.OrdinalIgnoreCase)) return false;
        var kind = type[Application.Length..];
        if (kind.ContainsAnyExcept(Token)) return false;
        return kind.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || (kind.Length > Suffix.Length && kind.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase));
    }

    private static Problem? RefuseCharset(ReadOnlySpan<char> parameters)
    {
        while (!parameters.IsEmpty)
        {
            var end = EndOfFirst(parameters);
            var charset = Charset(parameters[..end]);
            if (charset is not null && !IsUtf8(charset))
                return Faults.Bare(StatusCodes.Status415UnsupportedMediaType) with
                {
                    Detail = $"JSON is UTF-8 here: charset {charset} is not taken.",
                };
            parameters = parameters[Math.Min(end + 1, parameters.Length)..];
        }

        return null;
    }

    // A semicolon within quotes ends no parameter.
    private static int EndOfFirst(ReadOnlySpan<char> parameters)
    {
        var isQuoted = false;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (parameters[i] == '"') isQuoted = !isQuoted;
            else if (parameters[i] == ';' && !isQuoted) return i;
        }

        return parameters.Length;
    }

    private static string? Charset(ReadOnlySpan<char> parameter)
    {
        var sign = parameter.IndexOf('=');
        return sign >= 0 && parameter[..sign].Trim(" \t").Equals("charset", StringComparison.OrdinalIgnoreCase)
            ? parameter[(sign + 1)..].Trim(" \t\"").ToString()
            : null;
    }

    // Without its hyphen it is no registered name, and means the same to everybody who writes it.
    private static bool IsUtf8(string charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase);
}
