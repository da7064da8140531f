namespace Tms.Domain.Shared;

/// <summary>Text that databases, XML and PDF can all hold.</summary>
internal static class Printable
{
    /// <summary>Whether a text has no control characters but line breaks and tabs, and no half of a surrogate pair.</summary>
    public static bool Holds(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i)) i++;
            else if (!Holds(text[i])) return false;
        }

        return true;
    }

    private static bool Holds(char c) => c switch
    {
        '\n' or '\r' or '\t' => true,
        '\uFFFE' or '\uFFFF' => false,
        _ => !char.IsControl(c) && !char.IsSurrogate(c),
    };
}
