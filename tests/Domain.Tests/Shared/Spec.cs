using System.Text;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>Given events, when a command comes, then events or a refusal: no store, no grain.</summary>
internal sealed class Spec<TState, TCommand, TEvent>(IDecider<TState, TCommand, TEvent> decider)
    where TState : class
    where TEvent : class
{
    public static readonly Guid Id = Guid.Parse("018f0000-0000-7000-8000-000000000001");

    private readonly List<TEvent> _history = [];
    private DateTimeOffset _now = Some.Now;

    public const long Number = 10042;

    public TState State { get; private set; } = decider.Initial;

    public int Version { get; private set; }

    public IReadOnlyList<TEvent> History => _history;

    public Decision<TEvent>? Decision { get; private set; }

    public Spec<TState, TCommand, TEvent> At(DateTimeOffset now)
    {
        _now = now;
        return this;
    }

    public Spec<TState, TCommand, TEvent> Given(params IEnumerable<TEvent> events)
    {
        foreach (var e in events) Happens(e);
        return this;
    }

    /// <summary>Commands that must be accepted.</summary>
    public Spec<TState, TCommand, TEvent> Given(TCommand first, params TCommand[] then)
    {
        foreach (var command in (TCommand[])[first, .. then]) When(command).Accepted();
        return this;
    }

    /// <summary>Decides; accepted events happen.</summary>
    public Spec<TState, TCommand, TEvent> When(TCommand command)
    {
        Decision = decider.Decide(State, command, _now);
        Last = [.. EventsOf(Decision)];
        foreach (var e in Last) Happens(e);
        return this;
    }

    public IReadOnlyList<TEvent> Last { get; private set; } = [];

    public Refusal? Refusal => (Decision as Decision<TEvent>.Refused)?.Reason;

    public Spec<TState, TCommand, TEvent> Accepted()
    {
        Assert.True(Refusal is null, $"refused: {Refusal}");
        return this;
    }

    public void ThenNothing() => Assert.Empty(Accepted().Last);

    public T Then<T>()
        where T : TEvent => Assert.IsType<T>(Assert.Single(Accepted().Last));

    public void Then(params TEvent[] events) => Assert.Equal(events.Select(Json), Accepted().Last.Select(Json));

    public void ThenRefused(string code, string? field = null)
    {
        Assert.NotNull(Refusal);
        Assert.Equal(code, Refusal.Code);
        if (field is not null) Assert.Equal(field, Refusal.Field);
        Assert.Equal(Refusal.Field is not null, Refusal.Kind == RefusalKind.Invalid);
    }

    public void ThenRefusedAsMissing() => Assert.Equal((RefusalKind.NotFound, "not_found"), (Refusal?.Kind, Refusal?.Code));

    public static string Json(TEvent e)
    {
        var type = TmsEvents.Catalog.Of(e);
        return $"{type.Name} {Encoding.UTF8.GetString(type.Encode(e))}";
    }

    private static IReadOnlyList<TEvent> EventsOf(Decision<TEvent> decision) => decision switch
    {
        Decision<TEvent>.Accepted accepted => accepted.With([.. accepted.Draws.Select(_ => Number)]).Events,
        _ => [],
    };

    private void Happens(TEvent e)
    {
        _history.Add(e);
        State = decider.Evolve(State, e, new EventFacts(Id, ++Version, _now));
    }
}
