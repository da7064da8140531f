using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

/// <summary>Folds the rows of one stream anew, in a transaction that holds its tenant's partition.</summary>
internal sealed class StreamRefold(InlineModels models, IEventReader reader, IEventOpener opener)
{
    private const int Page = 1000;

    // What a stream added to a sum cannot be taken back.
    private readonly IReadOnlyList<TableModel> _tables = [.. TableModel.Of(models).Where(t => !t.IsTally)];

    /// <summary>The stream as it is now, while nobody waits; empty if no table follows it.</summary>
    public async Task<List<RecordedEvent>> Read(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var events = new List<RecordedEvent>();
        if (_tables.Any(t => t.Follows(stream.Type))) await ReadOn(events, tenant, stream, cancel);
        return events;
    }

    /// <summary>Replaces the rows by those of the events, and of what came since they were read. Whether there was anything to fold.</summary>
    public async Task<bool> Run(TenantId tenant, StreamName stream, List<RecordedEvent> events, ICoverSession session, CancellationToken cancel)
    {
        if (events.Count == 0 || await session.Load(tenant, cancel) is not { } stored) return false;
        await ReadOn(events, tenant, stream, cancel);
        foreach (var table in _tables.Where(t => t.Follows(stream.Type)))
        {
            if (!stored.Models.Covers(table.Name))
            {
                // Rows of part of the log: with the whole stream in them nobody could go on. They are folded anew as a whole instead.
                if (stored.Models.Behead(table.Name) is not null) await session.Save(tenant, stored.Models, cancel);
                continue;
            }

            var fold = new GapFold(table, tenant, events);
            fold.Run(cancel);
            await fold.Write(GapKind.Streams, session, cancel, cancel);
        }

        return true;
    }

    private async Task ReadOn(List<RecordedEvent> events, TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        for (var more = true; more;)
        {
            var page = await reader.ReadStream(tenant, stream, new(events.Count), Page, cancel);
            events.AddRange(await opener.Open(page, cancel));
            more = page.GoesOn(Page);
        }
    }
}
