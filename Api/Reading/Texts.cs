using System.Text.Json;

namespace Tms.Api.Reading;

/// <summary>Texts of a document.</summary>
internal static class Texts
{
    /// <summary>The text that the reader stands on; null where an escape is half of a surrogate pair.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Length in code points, as JSON Schema counts.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        var pairs = 0;
        foreach (var c in text)
        {
            if (char.IsHighSurrogate(c)) pairs++;
        }

        return text.Length - pairs;
    }
}
