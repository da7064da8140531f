using System.Globalization;

namespace Bench;

/// <summary>Organisation numbers that pass MOD11, for companies that exist only in a load run.</summary>
public static class OrganisationNumbers
{
    private static readonly int[] Weights = [3, 2, 7, 6, 5, 4, 3, 2];

    /// <summary>The first so many valid numbers from 910 000 00x on; always the same.</summary>
    public static IEnumerable<string> First(int count) =>
        Enumerable.Range(91_000_000, int.MaxValue - 91_000_000).Select(WithControlDigit).OfType<string>().Take(count);

    // A remainder that would need the digit 10 has no number.
    private static string? WithControlDigit(int eight)
    {
        var digits = eight.ToString(CultureInfo.InvariantCulture);
        var control = (11 - (digits.Select((c, i) => (c - '0') * Weights[i]).Sum() % 11)) % 11;
        return control == 10 ? null : digits + control.ToString(CultureInfo.InvariantCulture);
    }
}
