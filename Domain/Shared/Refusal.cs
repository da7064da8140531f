using Orleans;

namespace Tms.Domain.Shared;

/// <summary>Why a command does not hold: a value, never an exception.</summary>
/// <param name="Kind">What sort of answer it becomes.</param>
/// <param name="Code">Stable, snake_case, documented: what a program reads.</param>
/// <param name="Detail">One sentence for a person: what was wrong and what to do.</param>
/// <param name="Field">JSON pointer of the input it is about; null when it is about the state.</param>
[GenerateSerializer, Immutable, Alias("tms.refusal")]
public sealed record Refusal(
    [property: Id(0)] RefusalKind Kind,
    [property: Id(1)] string Code,
    [property: Id(2)] string Detail,
    [property: Id(3)] string? Field = null)
{
    /// <summary>Seconds after which the same may hold; null: time alone changes nothing.</summary>
    [Id(4)]
    public int? RetryAfter { get; init; }

    /// <summary>The aggregate, or a part of it that the command names, does not exist (404).</summary>
    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, RuleCodes.NotFound, $"There is no such {what}.");

    /// <summary>A file that the command names is not there (409).</summary>
    public static Refusal FileNotStored() =>
        State(RuleCodes.FileNotStored, "A file that is named here is not stored, or not any more: send the file first, then this again.");

    /// <summary>The state forbids it (409).</summary>
    public static Refusal State(string code, string detail) => new(RefusalKind.State, code, detail);

    /// <summary>It has been asked for too often (429): after some seconds, 1 or more, it may hold.</summary>
    public static Refusal TooSoon(string code, string detail, int retryAfter) =>
        new(RefusalKind.TooSoon, code, detail) { RetryAfter = retryAfter };

    /// <summary>The input is wrong in a way that only the rules can tell (422).</summary>
    public static Refusal Invalid(string field, string code, string detail) => new(RefusalKind.Invalid, code, detail, field);
}

/// <summary>What sort of answer a refusal becomes.</summary>
public enum RefusalKind
{
    /// <summary>404: it does not exist, or belongs to somebody else.</summary>
    NotFound,

    /// <summary>409: the state forbids it.</summary>
    State,

    /// <summary>422: the input is wrong.</summary>
    Invalid,

    /// <summary>403: the caller may not.</summary>
    Forbidden,

    /// <summary>429: it has been asked for too often.</summary>
    TooSoon,
}
