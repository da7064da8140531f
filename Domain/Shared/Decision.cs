namespace Tms.Domain.Shared;

/// <summary>What a decider answers: events (none: it already is so), or a refusal.</summary>
/// <typeparam name="TEvent">Base of the aggregate's events.</typeparam>
public abstract record Decision<TEvent>
    where TEvent : class
{
    private Decision()
    {
    }

    /// <summary>The command holds.</summary>
    /// <param name="Events">What happened, oldest first; empty when nothing changes.</param>
    public sealed record Accepted(IReadOnlyList<TEvent> Events) : Decision<TEvent>
    {
        /// <summary>Events of other, new aggregates that happen together with these.</summary>
        public IReadOnlyList<RelatedEvents> Related { get; init; } = [];

        /// <summary>Values that become unique in the whole system with these events.</summary>
        public IReadOnlyList<UniqueValue> Unique { get; init; } = [];

        /// <summary>Unique values that their owners give up with these events.</summary>
        public IReadOnlyList<UniqueValue> Released { get; init; } = [];

        /// <summary>What every node must learn at once; it is kept in the platform's log beside these events.</summary>
        public IReadOnlyList<object> Notices { get; init; } = [];

        /// <summary>Secrets that are stored beside these events.</summary>
        public IReadOnlyList<SecretValue> Secrets { get; init; } = [];
    }

    /// <summary>The command holds, and its events need a number that is drawn when they are stored.</summary>
    /// <param name="Series">Name of the series without gaps.</param>
    /// <param name="Complete">Makes the events from the number. Pure; may be called more than once.</param>
    public sealed record Numbered(string Series, Func<long, IReadOnlyList<TEvent>> Complete) : Decision<TEvent>;

    /// <summary>The command does not hold; nothing happens.</summary>
    /// <param name="Reason">Why, by name.</param>
    public sealed record Refused(Refusal Reason) : Decision<TEvent>
    {
        /// <summary>What else is wrong with the same input.</summary>
        public IReadOnlyList<Refusal> Others { get; init; } = [];
    }
}

/// <summary>Short ways to say a decision.</summary>
public static class Decision
{
    /// <summary>These events happen.</summary>
    public static Decision<TEvent> Of<TEvent>(params TEvent[] events)
        where TEvent : class => new Decision<TEvent>.Accepted(events);

    /// <summary>It already is so.</summary>
    public static Decision<TEvent> Nothing<TEvent>()
        where TEvent : class => new Decision<TEvent>.Accepted([]);

    /// <summary>It may not be.</summary>
    public static Decision<TEvent> Refuse<TEvent>(Refusal reason)
        where TEvent : class => new Decision<TEvent>.Refused(reason);

    /// <summary>It may not be, for all these reasons; at least one.</summary>
    public static Decision<TEvent> Refuse<TEvent>(IReadOnlyList<Refusal> reasons)
        where TEvent : class => new Decision<TEvent>.Refused(reasons[0]) { Others = [.. reasons.Skip(1)] };
}

/// <summary>The first events of another aggregate of the same tenant.</summary>
/// <param name="StreamType">Kind of the other aggregate.</param>
/// <param name="StreamId">Its id; the stream must still be empty.</param>
/// <param name="Events">Its first events.</param>
public sealed record RelatedEvents(string StreamType, Guid StreamId, IReadOnlyList<object> Events);

/// <summary>A value that one owner may hold in the whole system.</summary>
/// <param name="Scope">Kind of value, e.g. <c>email</c>.</param>
/// <param name="Value">Normalised value.</param>
/// <param name="Owner">The aggregate that holds it.</param>
public sealed record UniqueValue(string Scope, string Value, Guid Owner);

/// <summary>A secret of a person, kept outside events.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Opaque bytes; null: there is none any more.</param>
public sealed record SecretValue(Guid Subject, string Kind, byte[]? Value);
