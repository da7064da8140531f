using System.Text.Json.Serialization.Metadata;

namespace Tms.Domain.Shared;

/// <summary>One aggregate's rules as pure functions: no I/O, no clock, no random; those come in with the command.</summary>
/// <typeparam name="TState">What the rules need, folded from events. Immutable; null-free; serializable for snapshots.</typeparam>
/// <typeparam name="TCommand">Base of the aggregate's commands.</typeparam>
/// <typeparam name="TEvent">Base of the aggregate's events.</typeparam>
public interface IDecider<TState, in TCommand, TEvent>
    where TState : class
    where TEvent : class
{
    /// <summary>Kind of the aggregate in stream names, e.g. <c>invoices</c>.</summary>
    string StreamType { get; }

    /// <summary>The state before the first event.</summary>
    TState Initial { get; }

    /// <summary>Version of <typeparamref name="TState"/>'s shape: raised when old snapshots can no longer be read.</summary>
    int SnapshotSchema { get; }

    /// <summary>How a snapshot of the state is written.</summary>
    JsonTypeInfo<TState> SnapshotJson { get; }

    /// <summary>What a command leads to. Deciding the same again where it already holds gives no events.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time now, UTC; calendar questions go through <see cref="Oslo"/>.</param>
    Decision<TEvent> Decide(TState state, TCommand command, DateTimeOffset now);

    /// <summary>The state after an event. Never fails: what is in the log has happened.</summary>
    TState Evolve(TState state, TEvent e, EventFacts facts);
}

/// <summary>What the log says of an event beside the event itself.</summary>
/// <param name="StreamId">The aggregate's id.</param>
/// <param name="Version">The stream's version right after the event.</param>
/// <param name="At">When it was stored, UTC.</param>
public readonly record struct EventFacts(Guid StreamId, int Version, DateTimeOffset At);
