using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>The place of one reactor's set of types in one tenant's log; saved lazily, for handling an event twice does no harm.</summary>
internal sealed class ReactorCursorKeeper(ReactorParts parts, string reactor, TenantId tenant)
{
    private ReactorPlace? _place;
    private CompanySequence _saved;
    private long _savedAt;

    /// <summary>The last sequence handled; null before <see cref="Load"/>.</summary>
    internal CompanySequence? At { get; private set; }

    /// <summary>The types that are looked for.</summary>
    internal ReactorSet Set => parts.Sets.Of(reactor);

    /// <summary>The cursors that move together: of the set, and of the sets that it covers.</summary>
    internal IReadOnlyList<string> Cursors { get; private set; } = [];

    /// <summary>Whether the store does not know the place yet.</summary>
    internal bool Unsaved => At is { } at && at.Value > _saved.Value;

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
    internal bool IsOpen(RecordedEvent e) => _place!.IsOpen(Set, e);

    internal async Task MoveTo(CompanySequence sequence, CancellationToken cancel)
    {
        At = sequence;
        if (sequence.Value - _saved.Value >= parts.Options.SaveEvery || parts.Time.GetElapsedTime(_savedAt) >= parts.Options.SaveAfter) await Save(cancel);
    }

    /// <summary>Notes that the store has the place already.</summary>
    internal void Stands(CompanySequence sequence) => (At, _saved, _savedAt) = (sequence, sequence, parts.Time.GetTimestamp());

    internal async Task Save(CancellationToken cancel)
    {
        if (!Unsaved) return;
        var at = At!.Value;
        await parts.Cursors.Save(Cursors, tenant, at, cancel);
        (_saved, _savedAt) = (at, parts.Time.GetTimestamp());
    }
}
