using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>The place of one reactor's set of types in one tenant's log; saved lazily, for handling an event twice does no harm.</summary>
internal sealed class ReactorCursorKeeper(ReactorParts parts, string reactor, TenantId tenant)
{
    private ReactorPlace? _place;
    private LogPoint? _point;
    private CompanySequence _saved;
    private long _savedAt;

    /// <summary>The last sequence handled; null before <see cref="Load"/>.</summary>
    internal CompanySequence? At { get; private set; }

    /// <summary>The types that are looked for.</summary>
    internal ReactorSet Set => parts.Sets.Of(reactor);

    /// <summary>The cursors that move together: of the set, and of the sets that it covers.</summary>
    private IReadOnlyList<string> Cursors { get; set; } = [];

    /// <summary>Whether the store does not know the place yet.</summary>
    internal bool Unsaved => _point is { } point && point.Sequence.Value > _saved.Value;

    internal async Task Load(CancellationToken cancel)
    {
        if (At is not null) return;
        var known = await parts.Cursors.Sets(reactor, cancel);
        _place = await parts.Sets.Place(known, tenant, cancel);
        // A release with fewer types would else do again what was done here.
        Cursors = [Set.Cursor, .. known.Where(k => k.Cursor != Set.Cursor && Set.Covers(k)).Select(k => k.Cursor)];
        Stands(await parts.Cursors.Load(Set.Cursor, tenant, cancel));
        At = new(Math.Max(_saved.Value, _place.Covered(Set).Value));
    }

    /// <summary>What is to be read: each type after what this or another release has looked at.</summary>
    internal IReadOnlyCollection<TypeFrom> Ranges() => [.. Set.Types.Select(t =>
        new TypeFrom(t.Key, new(Math.Max(At!.Value.Value, _place!.LookedFor(t.Key, t.Value.Version).Value)), t.Value.Start))];

    /// <summary>Whether nobody has acted on an event yet, and this program can.</summary>
    internal bool IsOpen(RecordedEvent e) => _place!.IsOpen(Set, EventPlace.Of(e));

    internal async Task MoveTo(RecordedEvent e, CancellationToken cancel)
    {
        (At, _point) = (e.Sequence, LogPoint.After(e));
        if (e.Sequence.Value - _saved.Value >= parts.Options.SaveEvery || parts.Time.GetElapsedTime(_savedAt) >= parts.Options.SaveAfter)
            await Save(cancel);
    }

    /// <summary>How the cursors come past an event.</summary>
    internal CursorMove Past(RecordedEvent e) => new(Cursors, tenant, LogPoint.After(e));

    /// <summary>Notes that the store has the place already.</summary>
    internal void Stands(CompanySequence sequence) => (At, _saved, _savedAt) = (sequence, sequence, parts.Time.GetTimestamp());

    internal async Task Save(CancellationToken cancel)
    {
        if (!Unsaved) return;
        var point = _point!;
        await parts.Cursors.Save(new(Cursors, tenant, point), cancel);
        (_saved, _savedAt) = (point.Sequence, parts.Time.GetTimestamp());
    }
}
