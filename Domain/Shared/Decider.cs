using System.Diagnostics;
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

    /// <summary>The state after an event. Checks nothing: what is in the log has happened.</summary>
    /// <exception cref="UnreachableException">The rules have no arm for this type of event: a bug of this program.</exception>
    TState Evolve(TState state, TEvent e, EventFacts facts);
}

/// <summary>
/// Base of all deciders: refuses what does not exist, refuses to create twice, and stamps each state with what the log says of its event.
/// </summary>
/// <param name="streamType">Kind of the aggregate in stream names, e.g. <c>invoices</c>.</param>
/// <param name="noun">Name of one such aggregate in refusals, e.g. <c>invoice</c>.</param>
/// <param name="snapshotJson">JSON of the state.</param>
/// <inheritdoc cref="IDecider{TState, TCommand, TEvent}" />
public abstract class Decider<TState, TCommand, TEvent>(string streamType, string noun, JsonTypeInfo<TState> snapshotJson)
    : IDecider<TState, TCommand, TEvent>
    where TState : AggregateState, new()
    where TCommand : class
    where TEvent : class
{
    /// <inheritdoc />
    public string StreamType => streamType;

    /// <inheritdoc />
    public TState Initial { get; } = new();

    /// <inheritdoc />
    public virtual int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<TState> SnapshotJson => snapshotJson;

    /// <summary>
    /// Whether only an <see cref="ICreate"/> begins the stream. False: any command may, for nothing creates such an aggregate.
    /// </summary>
    protected virtual bool IsCreated => true;

    /// <inheritdoc />
    public Decision<TEvent> Decide(TState state, TCommand command, DateTimeOffset now) =>
        !state.Exists && IsCreated && command is not ICreate ? Decision.Refuse<TEvent>(Refusal.NotFound(noun))
        : state.Exists && command is ICreate ? Again(state, command, now)
        : On(state, command, now);

    /// <inheritdoc />
    public TState Evolve(TState state, TEvent e, EventFacts facts) => (TState)Apply(state, e, facts).Stamped(state, facts);

    /// <summary>What a command leads to: on an aggregate that exists, or an <see cref="ICreate"/> on one that does not. Pure.</summary>
    protected abstract Decision<TEvent> On(TState state, TCommand command, DateTimeOffset now);

    /// <summary>What an event changes; id, version and times are stamped afterwards. Pure.</summary>
    protected abstract TState Apply(TState state, TEvent e, EventFacts facts);

    /// <summary>
    /// What an <see cref="ICreate"/> leads to where the aggregate exists. A decider that knows a repeat by its content answers that nothing
    /// happens.
    /// </summary>
    protected virtual Decision<TEvent> Again(TState state, TCommand command, DateTimeOffset now) => AlreadyExists();

    /// <summary>Refusal to create a second aggregate under one id.</summary>
    protected Decision<TEvent> AlreadyExists() =>
        Decision.Refuse<TEvent>(Refusal.State(RuleCodes.AlreadyExists, $"There is another {noun} with this id."));
}

/// <summary>Marks a command that creates its aggregate: refused where the aggregate exists, unless it repeats what created it.</summary>
public interface ICreate;

/// <summary>Words of a switch over commands or events.</summary>
internal static class Decider
{
    /// <summary>Thrown by the last arm: a type that the switch does not name.</summary>
    public static UnreachableException Unknown(object value) =>
        new($"{value.GetType().Name} has no arm in this switch: each type of its kind needs one.");
}

/// <summary>What the log says of an event beside the event itself.</summary>
/// <param name="StreamId">The aggregate's id.</param>
/// <param name="Version">The stream's version right after the event.</param>
/// <param name="At">When it was stored, UTC.</param>
public readonly record struct EventFacts(Guid StreamId, int Version, DateTimeOffset At);
