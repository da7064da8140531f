namespace Tms.Domain.Shared;

/// <summary>Norwegian bank accounts (kontonummer): eleven digits, the first four a bank's number, the last one by MOD11.</summary>
/// <remarks>Weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2.</remarks>
public static class BankAccount
{
    /// <summary>Digits in one.</summary>
    public const int Length = 11;

    private const string NoBank = "0000";

    /// <summary>Whether a text is one, without dots and spaces.</summary>
    public static bool IsValid(string? text) =>
        ControlDigits.PassesMod11(text, Length) && !text!.StartsWith(NoBank, StringComparison.Ordinal);
}
