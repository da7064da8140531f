using System.Globalization;
using Tms.Domain.Companies;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>The customer identification on payments (KID): text of digits, for it begins with zeros.</summary>
public static class Kid
{
    /// <summary>Digits of every KID that is made: 6 of the customer, 8 of the invoice and the control digit.</summary>
    public const int Length = 15;

    private const int MinAccepted = 2, MaxAccepted = 25;
    private const long CustomerNumbers = 1_000_000, InvoiceNumbers = 100_000_000;

    /// <summary>The KID of an invoice. A number too long for its place gives its last digits; no customer number gives zeros.</summary>
    /// <remarks>
    /// Where MOD11 has no digit (the remainder gives 10) the first digit is raised by one, 0 to 1 as a rule: so every invoice has a KID.
    /// The invoice number within it keeps it unique in the company.
    /// </remarks>
    public static string Of(long? customerNumber, long invoiceNumber, KidMethod method)
    {
        var digits = string.Create(
            CultureInfo.InvariantCulture, $"{(customerNumber ?? 0) % CustomerNumbers:D6}{invoiceNumber % InvoiceNumbers:D8}");
        if (method == KidMethod.Mod10) return digits + Digit(ControlDigits.Mod10(digits));
        if (ControlDigits.Mod11(digits) is { } digit) return digits + Digit(digit);

        var raised = Digit((digits[0] - '0' + 1) % 10) + digits[1..];
        return raised + Digit(ControlDigits.Mod11(raised)!.Value);
    }

    /// <summary>Whether a text is a KID by a method: 2 to 25 characters, and for MOD11 a dash where there is no digit.</summary>
    public static bool IsValid(string? text, KidMethod method)
    {
        if (text is null || text.Length is < MinAccepted or > MaxAccepted || !ControlDigits.AllDigits(text.AsSpan(..^1))) return false;
        var digits = text.AsSpan(..^1);
        var expected = method == KidMethod.Mod10 ? ControlDigits.Mod10(digits) : ControlDigits.Mod11(digits);
        return text[^1] == (expected is { } digit ? (char)('0' + digit) : '-');
    }

    private static string Digit(int digit) => digit.ToString(CultureInfo.InvariantCulture);
}
