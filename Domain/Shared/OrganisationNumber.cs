namespace Tms.Domain.Shared;

/// <summary>Norwegian organisation numbers: nine digits, the first one 8 or 9 (Brønnøysundregistrene), the last one by MOD11.</summary>
/// <remarks>Weights 3, 2, 7, 6, 5, 4, 3, 2.</remarks>
public static class OrganisationNumber
{
    /// <summary>Digits in one.</summary>
    public const int Length = 9;

    /// <summary>Whether a text is one, without spaces.</summary>
    public static bool IsValid(string? text) => text is ['8' or '9', ..] && ControlDigits.PassesMod11(text, Length);
}
