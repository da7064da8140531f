using System.Text;

namespace Tms.ReadModels.Hosting;

/// <summary>Text as prefix search compares it: one case, one form of every letter (ÆØÅ included), one space between words.</summary>
internal static class SearchText
{
    private const int MaxLength = 200;

    /// <summary>The normalised text, at most 200 characters and never half of one.</summary>
    public static string Of(string text)
    {
        var words = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Join(' ', words);
        return joined.Length <= MaxLength ? joined : joined[..(char.IsHighSurrogate(joined[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    /// <summary>The first text after every text that begins with a prefix, in the order of code points that both databases use.</summary>
    public static string After(string prefix) => prefix + "\U0010FFFF";
}
