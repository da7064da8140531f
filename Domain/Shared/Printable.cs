using System.Text;

namespace Tms.Domain.Shared;

/// <summary>Text that databases, XML and PDF can all hold, and that somebody can read.</summary>
public static class Printable
{
    // Letters and symbols by Unicode's categories that are drawn as nothing: Hangul fillers and the empty Braille pattern.
    private const string Blank = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>Whether a text has no half of a surrogate pair, no U+FFFE and U+FFFF, and no control characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="multiLine">Whether line breaks and tabs may stand in it.</param>
    public static bool Holds(ReadOnlySpan<char> text, bool multiLine = true)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (!Holds(text[i], multiLine)) return false;
        }

        return true;
    }

    /// <summary>Whether something of a text can be seen: a letter, a digit, a sign or a symbol.</summary>
    public static bool Says(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSeen(rune)) return true;
        }

        return false;
    }

    private static bool IsSeen(Rune rune) =>
        (Rune.IsLetterOrDigit(rune) || Rune.IsPunctuation(rune) || Rune.IsSymbol(rune))
            && !(rune.IsBmp && Blank.Contains((char)rune.Value));

    private static bool Holds(char c, bool multiLine) => c switch
    {
        '\n' or '\r' or '\t' => multiLine,
        '\uFFFE' or '\uFFFF' => false,

        // Signs that turn the direction of writing make a name look like another one, in a mail's subject too.
        (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' => multiLine,
        _ => !char.IsControl(c) && !char.IsSurrogate(c),
    };
}
