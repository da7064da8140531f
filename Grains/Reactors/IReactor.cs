using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Reactors;

/// <summary>
/// Turns events into commands, across aggregates. A plain class without state; registered with <see cref="ReactorServices.AddReactor{T}"/>.
/// </summary>
/// <remarks>
/// Events of one company come in order, at least once: everything a handler does must be the same when it is done twice,
/// which commands with <see cref="ReactorContext.For"/> are. A handler that throws is tried again later and ends as a dead letter.
/// </remarks>
public interface IReactor
{
    /// <summary>Stable name: part of grain keys and of stored cursors. Never renamed; no slash.</summary>
    string Name { get; }

    /// <summary>Names of the event types it acts on, e.g. <c>INVOICE_SENT</c>.</summary>
    /// <remarks>More types than the release before, or a newer schema version, make a new set with cursors of its own.</remarks>
    IReadOnlySet<string> EventTypes { get; }

    /// <summary>
    /// Whether it acts on events from before it, or the type among <see cref="EventTypes"/>, was first there. False: from then on only.
    /// </summary>
    bool ActsOnHistory => false;

    /// <summary>Acts on one event, whose data is opened: what it says of a person is in plain, or gone with the person.</summary>
    Task Handle(DeliveredEvent e, ReactorContext context);
}
