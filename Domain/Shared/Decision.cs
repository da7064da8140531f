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
        private Func<IReadOnlyList<long>, Accepted>? _complete;

        /// <summary>
        /// Series without gaps of which a number each is drawn when the events are stored; all of it is an outline until then.
        /// </summary>
        public IReadOnlyList<string> Draws { get; private init; } = [];

        /// <summary>Events of other aggregates of the tenant that happen together with these.</summary>
        public IReadOnlyList<RelatedEvents> Related { get; init; } = [];

        /// <summary>Values that become unique in the whole system with these events.</summary>
        public IReadOnlyList<UniqueValue> Unique { get; init; } = [];

        /// <summary>Unique values that their owners give up with these events.</summary>
        public IReadOnlyList<UniqueValue> Released { get; init; } = [];

        /// <summary>What every node must learn at once; it is kept in the platform's log beside these events.</summary>
        public IReadOnlyList<object> Notices { get; init; } = [];

        /// <summary>Secrets that are stored beside these events.</summary>
        public IReadOnlyList<SecretValue> Secrets { get; init; } = [];

        /// <summary>Files that the aggregate's events name from now on, or name no longer. They were stored before.</summary>
        public IReadOnlyList<NamedFile> Files { get; init; } = [];

        /// <summary>A decision of which the numbers are drawn when it is stored; until then it is as if each were 1.</summary>
        /// <param name="series">Names of the series, in the order of the numbers. One that is named twice gives two numbers.</param>
        /// <param name="complete">
        /// Makes the decision from the numbers. Pure; may be called more than once. Numbers stand inside events only:
        /// streams, kinds and count of events, unique values, secrets and files are the same for any numbers.
        /// </param>
        public static Accepted Drawing(IReadOnlyList<string> series, Func<IReadOnlyList<long>, Accepted> complete) =>
            complete([.. series.Select(static _ => 1L)]) with { Draws = series, _complete = complete };

        /// <summary>The decision with its numbers, in the order of <see cref="Draws"/>; itself where it draws none.</summary>
        public Accepted With(IReadOnlyList<long> numbers) => _complete is { } complete ? complete(numbers) : this;
    }

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

    /// <summary>Events happen that hold the next number of a series.</summary>
    /// <param name="series">Name of the series without gaps.</param>
    /// <param name="events">Makes them from the number. Pure; may be called more than once; as many events for any number.</param>
    public static Decision<TEvent> Draw<TEvent>(string series, Func<long, IReadOnlyList<TEvent>> events)
        where TEvent : class => Decision<TEvent>.Accepted.Drawing([series], numbers => new(events(numbers[0])));

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

/// <summary>Events of another aggregate of the same tenant.</summary>
/// <param name="StreamType">Kind of the other aggregate.</param>
/// <param name="StreamId">Its id.</param>
/// <param name="Events">What happens to it; none: the decision only rests on the version.</param>
/// <param name="Version">Its version that was decided on; 0: it must be new. If it has moved on, the whole is decided anew.</param>
public sealed record RelatedEvents(string StreamType, Guid StreamId, IReadOnlyList<object> Events, int Version = 0)
{
    /// <summary>Nothing happens to another aggregate, and the decision holds only while that is at a version.</summary>
    public static RelatedEvents RestOn(string streamType, Guid streamId, int version) => new(streamType, streamId, [], version);
}

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

/// <summary>A file that events of an aggregate name; as long as they do it is kept.</summary>
/// <remarks>Where it is not stored nothing happens, and the command is refused: <see cref="RuleCodes.FileNotStored"/>.</remarks>
/// <param name="Hash">SHA-256 of its bytes: 64 lower-case hexadecimal digits.</param>
/// <param name="Person">The person whose it is; empty: it is the company's.</param>
/// <param name="Ends">Whether the aggregate names it no longer.</param>
public sealed record NamedFile(string Hash, Guid Person = default, bool Ends = false);
