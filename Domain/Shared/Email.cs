using System.Buffers;

namespace Tms.Domain.Shared;

/// <summary>E-mail addresses: their shape, and the one form under which an address is unique.</summary>
public static class Email
{
    /// <summary>Longest address (RFC 5321).</summary>
    public const int MaxLength = 254;

    private const int MaxLocal = 64;

    private static readonly SearchValues<char> LocalCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-");

    private static readonly SearchValues<char> DomainCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");

    /// <summary>Trimmed and in lower case: two spellings of one address become the same text.</summary>
    /// <remarks>No Unicode normal form is needed: what <see cref="IsValid"/> lets through is ASCII, which is its own.</remarks>
    public static string Normalise(string text) => text.Trim().ToLowerInvariant();

    /// <summary>Whether a text is an address that mail servers carry: ASCII, a local part, one @, a domain with a dot.</summary>
    /// <remarks>
    /// ASCII only (a domain with other letters is written in its xn-- form): look-alike letters cannot make two accounts of one address.
    /// </remarks>
    public static bool IsValid(string? text)
    {
        if (text is null || text.Length > MaxLength || text.IndexOf('@') is var at && (at < 1 || at > MaxLocal)) return false;
        return IsLocal(text.AsSpan(0, at)) && IsDomain(text.AsSpan(at + 1));
    }

    private static bool IsLocal(ReadOnlySpan<char> local) => !local.ContainsAnyExcept(LocalCharacters) && HasNoEmptyPart(local);

    private static bool IsDomain(ReadOnlySpan<char> domain) =>
        domain.Contains('.') && !domain.ContainsAnyExcept(DomainCharacters) && HasNoEmptyPart(domain)
        && domain[0] != '-' && domain[^1] != '-';

    private static bool HasNoEmptyPart(ReadOnlySpan<char> text) =>
        text is not ['.', ..] and not [.., '.'] && text.IndexOf("..", StringComparison.Ordinal) < 0;
}
