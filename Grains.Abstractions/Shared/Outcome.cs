using Tms.Domain.Shared;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>What became of a command, as its grain answers.</summary>
/// <typeparam name="TView">The aggregate's view.</typeparam>
/// <param name="Kind">Which of the answers it is.</param>
/// <param name="View">The view right after the command; null unless <see cref="OutcomeKind.Done"/>.</param>
/// <param name="Refusal">Why not; null unless <see cref="OutcomeKind.Refused"/>.</param>
[GenerateSerializer, Immutable, Alias("tms.outcome`1")]
public sealed record Outcome<TView>(
    [property: Id(0)] OutcomeKind Kind,
    [property: Id(1)] TView? View = null,
    [property: Id(2)] Refusal? Refusal = null)
    where TView : class
{
    /// <summary>What else is wrong with the same input.</summary>
    [Id(3)]
    public Refusal[] Others { get; init; } = [];
}

/// <summary>The answers of a command.</summary>
public enum OutcomeKind
{
    /// <summary>It holds and is durable.</summary>
    Done,

    /// <summary>It was done before under the same key; the view is the one of then.</summary>
    Replayed,

    /// <summary>The rules refuse it; nothing happened.</summary>
    Refused,

    /// <summary>The aggregate is no longer at the version that the caller named (412).</summary>
    Stale,

    /// <summary>The key was used for another command (422).</summary>
    KeyReused,

    /// <summary>Somebody else was first: send the same command again.</summary>
    Conflict,

    /// <summary>A value that must be unique is taken.</summary>
    Taken,
}
