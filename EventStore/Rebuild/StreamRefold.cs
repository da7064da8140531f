using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Rebuild;

/// <summary>Folds the rows of one stream anew, in a transaction that holds its tenant's partition.</summary>
internal sealed class StreamRefold(InlineModels models, IEventReader reader, IEventOpener opener)
{
    private const int Page = 1000;

    // What a stream added to a sum cannot be taken back.
    private readonly IReadOnlyList<TableModel> _tables = [.. TableModel.Of(models).Where(t => !t.IsTally)];

    /// <summary>Whether there was anything to fold.</summary>
    public async Task<bool> Run(TenantId tenant, StreamName stream, ICoverSession session, CancellationToken cancel)
    {
        if (!_tables.Any(t => t.Follows(stream.Type))) return false;
        var events = await Read(tenant, stream, cancel);
        foreach (var table in _tables.Where(t => t.Follows(stream.Type)))
        {
            var fold = new GapFold(table, tenant, events);
            fold.Run(cancel);
            await fold.Write(GapKind.Streams, session, cancel, cancel);
        }

        return true;
    }

    private async Task<IReadOnlyList<RecordedEvent>> Read(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var events = new List<RecordedEvent>();
        for (var more = true; more;)
        {
            var page = await reader.ReadStream(tenant, stream, new(events.Count), Page, cancel);
            events.AddRange(await opener.Open(page, cancel));
            more = page.Count == Page;
        }

        return events;
    }
}
