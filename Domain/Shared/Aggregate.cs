using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Companies;
using Tms.Domain.Users;

namespace Tms.Domain.Shared;

/// <summary>
/// One kind of aggregate, said once. Every list of aggregates, events, read models or personal records comes from
/// <see cref="TmsAggregates.All"/>.
/// </summary>
public abstract class Aggregate
{
    private protected Aggregate(string name, RecordKind kind, Type commands, IReadOnlyList<EventType> events) =>
        (Name, Kind, Commands, Events) = (name, kind, commands, events);

    /// <summary>Kind of its streams, e.g. <c>invoices</c>: also the name of its history and of its lists' cursors. Never renamed.</summary>
    public string Name { get; }

    /// <summary>What an export shows of it, and why an erasure leaves it.</summary>
    public RecordKind Kind { get; }

    /// <summary>Base type of its commands.</summary>
    public Type Commands { get; }

    /// <summary>Types of its events.</summary>
    public IReadOnlyList<EventType> Events { get; }

    /// <summary>Module that a company must have activated; null: every company has it.</summary>
    public required Module? Module { get; init; }

    /// <summary>Permissions that its routes ask for; all belong to <see cref="Module"/>.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>Whether a read model must follow it: a host does not start without. False for what nobody lists.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>JSON of its state, as snapshots and rows of read models hold it.</summary>
    public abstract JsonTypeInfo StateJson { get; }

    /// <summary>State after an event, for callers that know no types.</summary>
    /// <param name="state">State before; null: none yet.</param>
    /// <param name="e">An event of this aggregate.</param>
    /// <param name="facts">What the log says of the event.</param>
    public abstract object Evolve(object? state, object e, EventFacts facts);
}

/// <summary>An aggregate as its readers know it: events fold into a state.</summary>
/// <typeparam name="TState">State that its events fold into.</typeparam>
public abstract class Aggregate<TState> : Aggregate
    where TState : class
{
    private protected Aggregate(string name, RecordKind kind, Type commands, IReadOnlyList<EventType> events)
        : base(name, kind, commands, events)
    {
    }

    /// <summary>State before the first event.</summary>
    public abstract TState Initial { get; }

    /// <inheritdoc />
    public abstract override JsonTypeInfo<TState> StateJson { get; }

    /// <summary>State after an event of this aggregate. Pure.</summary>
    public abstract TState Evolve(TState state, object e, EventFacts facts);

    /// <inheritdoc />
    public override object Evolve(object? state, object e, EventFacts facts) => Evolve((TState?)state ?? Initial, e, facts);
}

/// <summary>An aggregate with its rules.</summary>
/// <param name="decider">Rules.</param>
/// <param name="events">Types of its events.</param>
/// <param name="kind">What an export and an erasure do with it.</param>
/// <typeparam name="TState">State that its events fold into.</typeparam>
/// <typeparam name="TCommand">Base of its commands.</typeparam>
/// <typeparam name="TEvent">Base of its events.</typeparam>
public sealed class Aggregate<TState, TCommand, TEvent>(
    IDecider<TState, TCommand, TEvent> decider, IReadOnlyList<EventType> events, RecordKind kind)
    : Aggregate<TState>(decider.StreamType, kind, typeof(TCommand), events)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    /// <summary>Rules.</summary>
    public IDecider<TState, TCommand, TEvent> Decider => decider;

    /// <inheritdoc />
    public override TState Initial => decider.Initial;

    /// <inheritdoc />
    public override JsonTypeInfo<TState> StateJson => decider.SnapshotJson;

    /// <inheritdoc />
    public override TState Evolve(TState state, object e, EventFacts facts) => decider.Evolve(state, (TEvent)e, facts);
}
