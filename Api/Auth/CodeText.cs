using System.Text;

namespace Tms.Api.Auth;

/// <summary>A code as people write it: apps show groups, with blanks or narrow no-break spaces, and copying brings more along.</summary>
internal static class CodeText
{
    /// <summary>Letters and digits alone, in capitals and in their plain forms; null where there is none: no code was given.</summary>
    public static string? Read(string? written)
    {
        if (written is null) return null;
        var text = string.Concat(written.EnumerateRunes().Where(Rune.IsLetterOrDigit));
        return text.Length == 0 ? null : text.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
    }
}
