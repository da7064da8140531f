using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>What is wrong with a text's form: a code and a message, both empty where it is right.</summary>
internal delegate (string Code, string Message) TextForm(string text);

/// <summary>The forms that texts of requests can have.</summary>
internal static class TextForms
{
    private const int UuidLength = 36;
    private static readonly SearchValues<char> UuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-");
    private static readonly (string, string) Right = ("", "");

    /// <summary>A uuid with its four hyphens.</summary>
    public static (string Code, string Message) Uuid(string text) =>
        TryUuid(text, out _) ? Right : (FaultCodes.InvalidFormat, "Must be a uuid.");

    /// <summary>Reads a uuid: hexadecimal digits with four hyphens, and nothing around it.</summary>
    /// <remarks>The parser of .NET alone would also take blanks around it and signs within.</remarks>
    public static bool TryUuid([NotNullWhen(true)] string? text, out Guid uuid)
    {
        uuid = default;
        return text is { Length: UuidLength } && !text.AsSpan().ContainsAnyExcept(UuidCharacters)
            && Guid.TryParseExact(text, "D", out uuid);
    }

    /// <summary>An ISO 8601 date.</summary>
    public static (string Code, string Message) Date(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? Bounded(date)
            : (FaultCodes.InvalidFormat, "Must be a date such as 2026-03-31.");

    /// <summary>An RFC 3339 time with its offset.</summary>
    public static (string Code, string Message) Time(string text) =>
        Rfc3339.TryParse(text, out var time)
            ? Bounded(DateOnly.FromDateTime(time.UtcDateTime))
            : (FaultCodes.InvalidFormat, "Must be a time such as 2026-03-31T12:00:00Z.");

    /// <summary>An e-mail address without a display name.</summary>
    public static (string Code, string Message) Email(string text) =>
        text.Length <= 254 && MailAddress.TryCreate(text, out var address) && address.Address == text
            && address.Host.Contains('.', StringComparison.Ordinal)
            ? Right
            : (FaultCodes.InvalidFormat, "Must be an e-mail address.");

    /// <summary>An absolute http or https address.</summary>
    public static (string Code, string Message) Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? Right
            : (FaultCodes.InvalidFormat, "Must be an http(s) address.");

    /// <summary>A pattern that the whole text matches.</summary>
    public static TextForm Pattern(string pattern)
    {
        var regex = new Regex($"^(?:{pattern})$(?<!\\n)", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
        return text => regex.IsMatch(text) ? Right : (FaultCodes.InvalidFormat, $"Must match {pattern}.");
    }

    private static (string, string) Bounded(DateOnly date) =>
        date >= Bounds.FirstDate && date <= Bounds.LastDate
            ? Right
            : (
                FaultCodes.OutOfRange,
                string.Create(CultureInfo.InvariantCulture, $"From {Bounds.FirstDate:yyyy-MM-dd} to {Bounds.LastDate:yyyy-MM-dd}."));
}
