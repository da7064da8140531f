using System.Globalization;

namespace Tms.Api.Reading;

/// <summary>A JSON number as exact text: sign, significant digits and power of ten. Never floating point, never rounded.</summary>
internal readonly ref struct NumberText
{
    private const int ExponentLimit = 1_000_000;
    private readonly ReadOnlySpan<byte> _text;

    private NumberText(ReadOnlySpan<byte> text, bool negative, int digits, int power)
    {
        _text = text;
        IsNegative = negative;
        Digits = digits;
        Power = power;
    }

    /// <summary>Below zero; zero itself has no sign.</summary>
    public bool IsNegative { get; }

    /// <summary>Digits without leading and trailing zeros; 0 for zero.</summary>
    public int Digits { get; }

    /// <summary>Power of ten of the last significant digit: value = digits × 10^power.</summary>
    public int Power { get; }

    /// <summary>Decimals that the value needs.</summary>
    public int Decimals => Digits == 0 ? 0 : Math.Max(0, -Power);

    /// <summary>Digits before the point.</summary>
    public int WholeDigits => Digits == 0 ? 0 : Math.Max(0, Digits + Power);

    /// <summary>Reads a number that JSON's grammar allows.</summary>
    public static NumberText Parse(ReadOnlySpan<byte> text)
    {
        var mantissa = text;
        var exponent = 0;
        var e = text.IndexOfAny((byte)'e', (byte)'E');
        if (e >= 0)
        {
            mantissa = text[..e];
            exponent = Exponent(text[(e + 1)..]);
        }

        var negative = mantissa[0] == (byte)'-';
        if (negative) mantissa = mantissa[1..];
        return Measure(mantissa, negative, exponent);
    }

    // Longer exponents than the limit say "far outside" all the same.
    private static int Exponent(ReadOnlySpan<byte> text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return Math.Clamp(value, -ExponentLimit, ExponentLimit);
        return text[0] == (byte)'-' ? -ExponentLimit : ExponentLimit;
    }

    private static NumberText Measure(ReadOnlySpan<byte> mantissa, bool negative, int exponent)
    {
        var point = mantissa.IndexOf((byte)'.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        var trimmed = mantissa.TrimEnd(point < 0 ? "0"u8 : "0."u8);
        var zeros = TrailingZeros(mantissa, point, trimmed.Length);
        var digits = Significant(trimmed);
        return digits == 0 ? new NumberText([], false, 0, 0) : new NumberText(trimmed, negative, digits, exponent - decimals + zeros);
    }

    // The point itself is cut off with the zeros around it and counts as none of them.
    private static int TrailingZeros(ReadOnlySpan<byte> mantissa, int point, int kept)
    {
        var cut = mantissa.Length - kept;
        return point >= kept ? cut - 1 : cut;
    }

    private static int Significant(ReadOnlySpan<byte> trimmed)
    {
        var body = trimmed.TrimStart("0."u8);
        return body.Length - (body.IndexOf((byte)'.') >= 0 ? 1 : 0);
    }

    /// <summary>The one text of the value that all its spellings share, such as <c>-123E-2</c>.</summary>
    public string ToCanonical()
    {
        if (Digits == 0) return "0";
        var body = _text.TrimStart("0."u8);
        Span<char> digits = Digits <= 256 ? stackalloc char[Digits] : new char[Digits];
        var count = 0;
        foreach (var c in body)
        {
            if (c != (byte)'.') digits[count++] = (char)c;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(IsNegative ? "-" : "")}{digits}E{Power}");
    }
}
