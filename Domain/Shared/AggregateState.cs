using System.Text.Json.Serialization;

namespace Tms.Domain.Shared;

/// <summary>
/// State of an aggregate as its rules need it, folded from its events. Immutable; <c>new()</c> is the state before the first event.
/// </summary>
public abstract record AggregateState
{
    /// <summary>Id of the aggregate and of its stream.</summary>
    [JsonPropertyOrder(-4)]
    public Guid Id { get; init; }

    /// <summary>Number of events; 0: the aggregate does not exist.</summary>
    [JsonPropertyOrder(-3)]
    public int Version { get; init; }

    /// <summary>Whether there is any event.</summary>
    [JsonIgnore]
    public bool Exists => Version > 0;

    /// <summary>A copy that carries what the log says of its last event.</summary>
    /// <param name="before">The state before that event.</param>
    /// <param name="facts">What the log says.</param>
    internal virtual AggregateState Stamped(AggregateState before, EventFacts facts) =>
        this with { Id = facts.StreamId, Version = facts.Version };
}

/// <summary>State that also knows when its aggregate was created.</summary>
public abstract record DatedState : AggregateState
{
    /// <summary>Time of the first event, UTC.</summary>
    [JsonPropertyOrder(-2)]
    public DateTimeOffset CreatedAt { get; init; }

    internal override AggregateState Stamped(AggregateState before, EventFacts facts) =>
        this with { Id = facts.StreamId, Version = facts.Version, CreatedAt = CreatedOf(before, facts) };

    // The state before tells, not this one: an event may replace the whole state.
    private protected static DateTimeOffset CreatedOf(AggregateState before, EventFacts facts) =>
        before.Exists ? ((DatedState)before).CreatedAt : facts.At;
}

/// <summary>State that also knows when its aggregate last changed.</summary>
public abstract record ChangingState : DatedState
{
    /// <summary>Time of the last event, UTC.</summary>
    [JsonPropertyOrder(-1)]
    public DateTimeOffset UpdatedAt { get; init; }

    internal override AggregateState Stamped(AggregateState before, EventFacts facts) =>
        this with { Id = facts.StreamId, Version = facts.Version, CreatedAt = CreatedOf(before, facts), UpdatedAt = facts.At };
}
