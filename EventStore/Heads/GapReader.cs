namespace Tms.EventStore.Heads;

/// <summary>Reads the events that a read model lacks, as far as people who wait for their append can be asked to wait.</summary>
internal sealed class GapReader(IEventReader reader, IEventOpener opener, EventStoreOptions options)
{
    private const int Page = 1000;

    /// <summary>The events to fold, opened and in order; null when they are too many.</summary>
    public async Task<IReadOnlyList<RecordedEvent>?> Read(TenantId tenant, TableModel table, Gap gap, CancellationToken limit)
    {
        var events = await All(after => reader.ReadCompany(tenant, new(after), Page, limit), e => e.Sequence.Value, gap.After, options.MaxCatchUp);
        var followed = events?.FindAll(e => table.Follows(e.Stream.Type));
        var wanted = gap.Kind == GapKind.Streams && followed is not null ? await Streams(tenant, followed, limit) : followed;
        return wanted is null ? null : await opener.Open(wanted, limit);
    }

    private async Task<List<RecordedEvent>?> Streams(TenantId tenant, List<RecordedEvent> gap, CancellationToken cancel)
    {
        var events = new List<RecordedEvent>();
        foreach (var stream in gap.Select(e => e.Stream).Distinct())
        {
            var left = options.MaxCatchUp - events.Count;
            if (await All(after => reader.ReadStream(tenant, stream, new((int)after), Page, cancel), e => e.Version.Value, 0, left) is not { } own)
            {
                return null;
            }

            events.AddRange(own);
        }

        return events;
    }

    private static async Task<List<RecordedEvent>?> All(
        Func<long, Task<IReadOnlyList<RecordedEvent>>> read, Func<RecordedEvent, long> place, long after, int most)
    {
        var events = new List<RecordedEvent>();
        for (var page = await read(after); page.Count > 0; page = page.GoesOn(Page) ? await read(place(page[^1])) : [])
        {
            events.AddRange(page);
            if (events.Count > most)
            {
                return null;
            }
        }

        return events;
    }
}
