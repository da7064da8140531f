using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.EventStore;

namespace Tms.Api.Audit;

/// <summary>What part of a company's audit trail is asked for. What is given must all hold.</summary>
public sealed record AuditQuery : PageQuery
{
    internal static readonly SortOrders<bool> Orders = new("-position", ("position", default));

    /// <summary>Who did it, as <c>actor</c> of the envelopes says it: the id of a user or API key, or the name of a job.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Actor { get; init; }

    /// <summary>Types of events such as INVOICE_SENT, with commas between several.</summary>
    [StringLength(2000, MinimumLength = 1)]
    public string? Type { get; init; }

    /// <summary>
    /// What it was done to, as <c>subject</c> of the envelopes says it (<c>invoices/{id}</c>), or a kind of things (<c>invoices</c>).
    /// </summary>
    [StringLength(100, MinimumLength = 1)]
    public string? Stream { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>position or -position: the newest first, the default.</summary>
    public string? Sort { get; init; }

    /// <summary>The types asked for; null: all.</summary>
    internal IReadOnlyList<string>? Types => Type?.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>The actor as it is written on events: ids in lower case.</summary>
    internal string? WrittenActor => TextForms.TryUuid(Actor, out var id) ? id.ToString() : Actor;

    /// <summary>Whether the newest comes first; null when there is no such order.</summary>
    internal bool? NewestFirst => Orders.Read(Sort)?.Descending;

    /// <summary>Kind and, where one thing is named, its stream; null where the text is neither. Without a text: all.</summary>
    internal (string? Kind, StreamName? Stream)? Subject()
    {
        if (Stream is null) return (null, null);
        var (kind, id) =
            Stream.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (Stream[..slash], Stream[(slash + 1)..]) : (Stream, null);
        if (kind.Length == 0 || !kind.All(c => char.IsAsciiLetterLower(c) || c == '-')) return null;
        if (id is null) return (kind, null);
        return TextForms.TryUuid(id, out var parsed) ? (kind, new StreamName(kind, parsed)) : null;
    }

    /// <summary>Sort and filters, written one way. The actor comes last: it alone is free text.</summary>
    internal string Written() => string.Create(
        CultureInfo.InvariantCulture, $"{NewestFirst}|{Type}|{Stream}|{From?.UtcTicks}|{To?.UtcTicks}|{WrittenActor}");
}
