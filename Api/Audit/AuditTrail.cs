using Tms.Api.Events;
using Tms.Api.Security;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Audit;

/// <summary>A company's events as one caller may see them.</summary>
/// <remarks>
/// A search looks at <see cref="MostPlaces"/> places of the log at most, so that no filter makes a request read a long log.
/// </remarks>
public sealed partial class AuditTrail(
    IEventSearch search, IEventOpener opener, EventCatalog catalog, IActiveModules modules, ILogger<AuditTrail> log)
{
    /// <summary>Places of the log that one page looks at, at most.</summary>
    public const int MostPlaces = 2000;

    /// <summary>
    /// Event types that a caller may see whoever they concern. What concerns one person only is in no trail of the company.
    /// </summary>
    public async ValueTask<IReadOnlySet<string>> VisibleTo(Caller caller, TenantId tenant)
    {
        var visible = new HashSet<string>(StringComparer.Ordinal);
        var viewer = caller.In(tenant);
        foreach (var type in catalog.All)
        {
            if (type.Audience is { } audience && await viewer.Sees(audience.ForAll, modules)) visible.Add(type.Name);
        }

        return visible;
    }

    /// <summary>Whether there is a type of events with a name.</summary>
    public bool Knows(string type) => catalog.Find(type) is not null;

    /// <summary>One page of the events that a filter lets through.</summary>
    /// <param name="tenant">The company.</param>
    /// <param name="filter">What is looked for; its types are visible to whoever asks.</param>
    /// <param name="rest">The places that no earlier page has looked at.</param>
    /// <param name="newestFirst">From the end of them.</param>
    /// <param name="limit">Rows at most.</param>
    /// <param name="cancel">Cancels the search.</param>
    public async Task<AuditPage> Page(
        TenantId tenant, EventFilter filter, EventSpan rest, bool newestFirst, int limit, CancellationToken cancel)
    {
        var looked = newestFirst ? rest.End(MostPlaces) : rest.Start(MostPlaces);
        var found = await search.Find(tenant, filter, looked, newestFirst, limit + 1, cancel);
        var shown = found.Take(limit).ToArray();
        var edge = newestFirst ? looked.First : looked.Beyond - 1;
        long? next = found.GoesOn(limit + 1) ? filter.PlaceOf(shown[^1]) : looked == rest ? null : edge;
        return new AuditPage(await Envelopes(shown, cancel), next);
    }

    private async Task<IReadOnlyList<byte[]>> Envelopes(IReadOnlyList<RecordedEvent> events, CancellationToken cancel)
    {
        var envelopes = new List<byte[]>(events.Count);
        foreach (var e in events)
        {
            if (await Envelope(e, cancel) is { } envelope) envelopes.Add(envelope);
        }

        return envelopes;
    }

    // One event whose bytes were changed by hand must not hide all the others: the walk over the chain names it.
    private async Task<byte[]?> Envelope(RecordedEvent e, CancellationToken cancel)
    {
        try
        {
            return EventEnvelope.Encode((await opener.Open(e, cancel)).ToDelivered(), catalog.Find(e.Type)!, e.Hash);
        }
        catch (Exception unreadable) when (unreadable is not (StoreUnavailableException or OperationCanceledException))
        {
            LogUnreadable(unreadable, e.Sequence.Value, e.Type);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "Event {Position} of a company, a {Type}, cannot be shown in its audit trail")]
    private partial void LogUnreadable(Exception failure, long position, string type);
}

/// <summary>A page of the audit trail.</summary>
/// <param name="Envelopes">JSON of each event.</param>
/// <param name="Next">The place that the next page begins after; null: this is the last.</param>
public sealed record AuditPage(IReadOnlyList<byte[]> Envelopes, long? Next);
