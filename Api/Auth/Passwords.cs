using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Cryptography.KeyDerivation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Tms.Api.Auth;

/// <summary>Hashes and checks passwords: PBKDF2 with HMAC-SHA-512, 210,000 rounds (OWASP's figure), salted.</summary>
/// <remarks>
/// A password is its NFKC form: keyboards write the same letter in more than one way.
/// Hashes of earlier releases are of what was typed, and are tried with that, too.
/// A check costs about a tenth of a second of one core on purpose; <see cref="HashingQueue"/> keeps that from holding up anything else.
/// </remarks>
public sealed class Passwords : IDisposable
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 10;

    /// <summary>Most characters: a hash of a megabyte would be an attack.</summary>
    public const int MaxLength = 256;

    private const int Rounds = 210_000;

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly HashingQueue _queue = new(Environment.ProcessorCount);
    private readonly FrozenSet<string> _common;
    private readonly string _nobodys = Nobodys();

    /// <summary>Reads the list of common passwords that ships with the program.</summary>
    public Passwords()
    {
        using var list = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("Tms.Api.Auth.common-passwords.txt")!);
        _common = list.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A password that nobody guesses: 144 random bits.</summary>
    public static string Generate() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18));

    /// <summary>What is wrong with a new password, in a sentence; null: nothing.</summary>
    /// <param name="password">The password.</param>
    /// <param name="company">
    /// Name of the company, where it is at hand: with digits and signs around it, it is the first thing to be guessed.
    /// </param>
    public string? Fault(string password, string? company = null) => FaultOf(Plain(password), company);

    /// <summary>Whether two texts are the same password.</summary>
    public static bool AreSame(string one, string other) => Plain(one) == Plain(other);

    /// <summary>The hash to keep.</summary>
    /// <param name="password">The password.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <param name="isStranger">Whether somebody asks who has shown nothing yet: fewer of these may wait.</param>
    /// <exception cref="EventStore.StoreBusyException">Too many are waiting.</exception>
    public Task<byte[]> Hash(string password, CancellationToken cancel, bool isStranger = false) =>
        _queue.Run(() => Encoding.ASCII.GetBytes(_hasher.HashPassword(this, Plain(password))), isStranger, cancel);

    /// <summary>Whether a password is the one of a hash. Null (nobody's) takes as long, and never is.</summary>
    /// <param name="hash">What is kept.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <param name="isStranger">Whether somebody asks who has shown nothing yet: fewer of these may wait.</param>
    /// <exception cref="EventStore.StoreBusyException">Too many are waiting.</exception>
    public Task<bool> Check(byte[]? hash, string password, CancellationToken cancel, bool isStranger = false) => _queue.Run(() =>
    {
        var (kept, plain) = (hash is null ? _nobodys : Encoding.ASCII.GetString(hash), Plain(password));
        // Both are always computed: how long it takes says how a password is written, and nothing of whether it holds.
        var holds = Holds(kept, plain) | (plain != password && Holds(kept, password));
        return holds && hash is not null;
    }, isStranger, cancel);

    /// <inheritdoc />
    public void Dispose() => _queue.Dispose();

    /// <summary>
    /// A hash that no password has. It is random where a real one is computed, so that a start need not wait for it; a check of it takes as
    /// long.
    /// </summary>
    internal static string Nobodys()
    {
        const int salt = 16, key = 32, header = 13;
        var hash = RandomNumberGenerator.GetBytes(header + salt + key);
        hash[0] = 1; // The format of ASP.NET Core Identity, version 3: function, rounds and length of the salt follow, each as 32 bits.
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(1), (uint)KeyDerivationPrf.HMACSHA512);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(5), Rounds);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(9), salt);
        return Convert.ToBase64String(hash);
    }

    // Half of a surrogate pair has no other form.
    private static string Plain(string password) =>
        !password.EnumerateRunes().Contains(Rune.ReplacementChar) ? password.Normalize(NormalizationForm.FormKC) : password;

    private bool Holds(string hash, string password) =>
        _hasher.VerifyHashedPassword(this, hash, password) != PasswordVerificationResult.Failed;

    private string? FaultOf(string password, string? company) =>
        password.Length is < MinLength or > MaxLength ? $"A password has {MinLength} to {MaxLength} characters."
        : _common.Contains(password) || password.Distinct().Count() < 4 ? "This password is too common: choose another."
        : IsName(Letters(password), company) ? "A name with digits or signs is easily guessed: choose another password."
        : null;

    private static bool IsName(string letters, string? company) =>
        letters is "tms" or "tmstms" or "transport"
            || (company is not null && letters.Length > 2 && (letters == Letters(company) || letters == Letters(WithoutForm(company))));

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();

    // How a Norwegian company is owned says nothing of its name.
    private static string WithoutForm(string company)
    {
        var words = company.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [.. var name, "AS" or "ASA" or "ENK" or "DA" or "ANS" or "SA"] ? string.Concat(name) : company;
    }
}
