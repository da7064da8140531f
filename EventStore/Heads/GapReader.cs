using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Heads;

/// <summary>Reads the events that a read model lacks, as far as people who wait for their append can be asked to wait.</summary>
internal sealed class GapReader(IEventReader reader, StreamPieces streams, IEventOpener opener, EventStoreOptions options)
{
    private const int Page = 1000;

    /// <summary>The events to fold, opened and in order; null when they are too many.</summary>
    public async Task<IReadOnlyList<RecordedEvent>?> Read(TenantId tenant, TableModel table, Gap gap, CancellationToken limit)
    {
        var events = await All(tenant, gap.After, limit);
        var followed = events?.FindAll(e => table.Follows(e.Stream.Type));
        var wanted = gap.Kind == GapKind.Streams && followed is not null ? await Streams(tenant, table, followed, limit) : followed;
        return wanted is null ? null : await opener.Open(wanted, limit);
    }

    /// <summary>All that was ever recorded of the ids of a gap: streams of other types may have a part in their rows.</summary>
    private async Task<List<RecordedEvent>?> Streams(TenantId tenant, TableModel table, List<RecordedEvent> gap, CancellationToken cancel)
    {
        LogPart log = new(tenant, (await streams.Types(tenant, cancel)).FindAll(table.Follows), long.MaxValue);
        var events = new List<RecordedEvent>();
        foreach (var piece in await streams.Of(log, gap.Select(e => e.Stream.Id).ToHashSet(), cancel))
        {
            await foreach (var page in streams.Events(log, piece, cancel))
            {
                events.AddRange(page);
                if (events.Count > options.MaxCatchUp) return null;
            }
        }

        return events;
    }

    private async Task<List<RecordedEvent>?> All(TenantId tenant, long after, CancellationToken cancel)
    {
        var events = new List<RecordedEvent>();
        for (var page = await Next(after); page.Count > 0; page = page.GoesOn(Page) ? await Next(page[^1].Sequence.Value) : [])
        {
            events.AddRange(page);
            if (events.Count > options.MaxCatchUp) return null;
        }

        return events;

        Task<IReadOnlyList<RecordedEvent>> Next(long last) => reader.ReadCompany(tenant, new(last), Page, cancel);
    }
}
