using System.Globalization;

namespace Tms.Api.Http;

/// <summary>Times as RFC 3339 writes them: any number of fraction digits, T and Z in either case, an offset or Z.</summary>
/// <remarks>Digits after the sixth are cut off: TMS counts in microseconds. A second 60 is refused: the clocks of TMS have none.</remarks>
internal static class Rfc3339
{
    private const int DateLength = 10, TimeLength = 19, OffsetLength = 6, FractionDigits = 6;

    /// <summary>Reads a time, in UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= TimeLength || text[DateLength] is not ('T' or 't')) return false;
        var culture = CultureInfo.InvariantCulture;
        if (!DateOnly.TryParseExact(text[..DateLength], "yyyy-MM-dd", culture, DateTimeStyles.None, out var date)) return false;
        if (!TimeOnly.TryParseExact(text[(DateLength + 1)..TimeLength], "HH:mm:ss", culture, DateTimeStyles.None, out var clock))
            return false;
        if (!TryFraction(text[TimeLength..], out var micros, out var length)) return false;
        if (!TryOffset(text[(TimeLength + length)..], out var minutes)) return false;
        var ticks = date.ToDateTime(clock).Ticks + (micros * TimeSpan.TicksPerMicrosecond) - (minutes * TimeSpan.TicksPerMinute);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    // A point and at least one digit, or nothing.
    private static bool TryFraction(ReadOnlySpan<char> rest, out long micros, out int length)
    {
        (micros, length) = (0, 0);
        if (rest[0] != '.') return true;
        length = 1;
        while (Digit(rest, length) is not null) length++;
        var digits = rest[..length];
        for (var i = 1; i <= FractionDigits; i++) micros = (micros * 10) + (Digit(digits, i) ?? 0);
        return length > 1;
    }

    // Z, or hours and minutes with their sign.
    private static bool TryOffset(ReadOnlySpan<char> rest, out int minutes)
    {
        minutes = 0;
        if (rest is "Z" or "z") return true;
        if (rest.Length != OffsetLength || rest[0] is not ('+' or '-') || rest[3] != ':') return false;
        if (Pair(rest, 1) is not (< 24 and var hours) || Pair(rest, 4) is not (< 60 and var odd)) return false;
        minutes = (rest[0] == '-' ? -1 : 1) * ((hours * 60) + odd);
        return true;
    }

    private static int? Pair(ReadOnlySpan<char> text, int at) => (Digit(text, at) * 10) + Digit(text, at + 1);

    private static int? Digit(ReadOnlySpan<char> text, int at) => at < text.Length && char.IsAsciiDigit(text[at]) ? text[at] - '0' : null;
}
