namespace Tms.Domain.Shared;

/// <summary>The two control digit rules of Norwegian identifiers.</summary>
internal static class ControlDigits
{
    /// <summary>MOD10 (Luhn): from the right the weights 2, 1, 2, 1 …, the digits of the products added.</summary>
    public static int Mod10(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += product > 9 ? product - 9 : product;
        }

        return (10 - (sum % 10)) % 10;
    }

    /// <summary>MOD11: from the right the weights 2 to 7, over and over; null where no digit exists (the remainder gives 10).</summary>
    public static int? Mod11(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[^(i + 1)] - '0') * (2 + (i % 6));
        }

        return (11 - (sum % 11)) switch { 11 => 0, 10 => null, var digit => digit };
    }

    /// <summary>Whether a text is so many ASCII digits of which the last is the MOD11 digit of the others.</summary>
    public static bool PassesMod11(string? text, int length) =>
        text is not null && text.Length == length && AllDigits(text) && Mod11(text.AsSpan(0, length - 1)) == text[^1] - '0';

    /// <summary>Whether a text has ASCII digits only.</summary>
    public static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
