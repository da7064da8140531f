using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>One reactor's place in one tenant's log; saved lazily, for handling an event twice does no harm.</summary>
internal sealed class ReactorCursorKeeper(ReactorParts parts, string reactor, TenantId tenant)
{
    private CompanySequence _saved;
    private long _savedAt;

    /// <summary>The last sequence handled; null before <see cref="Load"/>.</summary>
    internal CompanySequence? At { get; private set; }

    /// <summary>Whether the store does not know the place yet.</summary>
    internal bool Unsaved => At is { } at && at.Value > _saved.Value;

    internal async Task Load(CancellationToken cancel)
    {
        if (At is not null) return;
        Stands(await parts.Cursors.Load(reactor, tenant, cancel));
    }

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
        await parts.Cursors.Save(new ReactorCursor(reactor, tenant, at), cancel);
        (_saved, _savedAt) = (at, parts.Time.GetTimestamp());
    }
}
