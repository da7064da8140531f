using System.Collections.Immutable;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>What a client may want to do with an invoice.</summary>
internal enum Deed
{
    Create,
    Send,
    Pay,
    Cancel,
}

/// <summary>What a client knows of a command in the end.</summary>
internal enum Outcome
{
    /// <summary>Answered with 2xx: it must have happened.</summary>
    Accepted,

    /// <summary>Answered with a refusal: it must not have happened.</summary>
    Refused,

    /// <summary>Never answered: it may have happened.</summary>
    Unknown,
}

/// <summary>One request of a command and what came back; times since the run began.</summary>
/// <param name="Node">Where it was sent.</param>
/// <param name="Sent">When.</param>
/// <param name="Ended">When the answer came, or the hope for it ended.</param>
/// <param name="Status">Null: no answer.</param>
/// <param name="Body">The answer's, or why there is none.</param>
internal sealed record Attempt(string Node, TimeSpan Sent, TimeSpan Ended, int? Status, string Body)
{
    /// <summary>Whether it says neither that the command happened nor that it did not.</summary>
    public bool IsDoubtful => Status is null or 408 or 429 or >= 500 || IsConflict;

    public bool IsAccepted => Status is >= 200 and < 300;

    private bool IsConflict => Status == 409 && Body.Contains("\"code\":\"conflict\"", StringComparison.Ordinal);
}

/// <summary>One command under its key, with every attempt at it.</summary>
/// <param name="Key">Its Idempotency-Key, and its mark in what it writes.</param>
/// <param name="Company">Whose.</param>
/// <param name="Deed">What it does.</param>
/// <param name="Invoice">To which invoice; null: it makes one.</param>
/// <param name="Insists">Whether its client repeated it until it was answered.</param>
/// <param name="Attempts">In order.</param>
internal sealed record Asked(string Key, Guid Company, Deed Deed, Guid? Invoice, bool Insists, ImmutableArray<Attempt> Attempts)
{
    public Attempt Last => Attempts[^1];

    public Outcome Outcome => Last.IsDoubtful ? Outcome.Unknown : Last.IsAccepted ? Outcome.Accepted : Outcome.Refused;

    public override string ToString() =>
        $"{Deed} {Key} of {Company}, invoice {Invoice}, [{string.Join("; ", Attempts.Select(Said))}]";

    private static string Said(Attempt a) => $"{a.Node} {a.Sent.TotalSeconds:0.0}–{a.Ended.TotalSeconds:0.0} s: {a.Status}";
}
