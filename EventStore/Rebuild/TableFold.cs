using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;
using Tms.EventStore.Persons;

namespace Tms.EventStore.Rebuild;

/// <summary>Rows of one table that follow from streams of one tenant, by the same rules as in an append.</summary>
/// <param name="table">Whose rows.</param>
/// <param name="tenant">Whose streams.</param>
/// <param name="has">Which streams, by id.</param>
/// <param name="head">
/// Up to which sequence their events are given to <see cref="Add"/>; later ones are read by <see cref="CatchUp"/>.
/// </param>
/// <param name="parts">What it reads with.</param>
internal sealed class TableFold(TableModel table, TenantId tenant, Func<Guid, bool> has, long head, WalkParts parts)
{
    private const int EventsPerPage = 1000;

    private readonly BatchFacts _facts = BatchFacts.For(table.Own);
    private readonly HeldEvents _events = new(tenant, parts.Opener, parts.Keys);

    /// <summary>The rows.</summary>
    public BatchPlan Rows { get; } = new(table.Own);

    /// <summary>The sequence up to which the rows are right.</summary>
    public long Head { get; private set; } = head;

    /// <summary>Other streams of the table's types that went on since the fold began.</summary>
    public HashSet<Guid> Others { get; } = [];

    /// <summary>Folds events, which come in the order of the log.</summary>
    public async Task Add(IReadOnlyList<RecordedEvent> events, CancellationToken cancel)
    {
        foreach (var e in await _events.Open(events, cancel))
        {
            var changes = new ModelChanges(table.Own, _facts);
            changes.Add(e);
            changes.MergeInto(Rows);
        }
    }

    /// <summary>Goes on to the end of the log as it is now.</summary>
    public async Task CatchUp(CancellationToken cancel)
    {
        while (await ReadPage(cancel))
        {
        }
    }

    /// <summary>Whether the rows tell of nobody who was erased since the fold began. Asked under the partition's lock.</summary>
    public ValueTask<bool> MayBeWritten(CancellationToken cancel) => _events.MayBeWritten(cancel);

    /// <summary>Folds the next page; answers whether more may follow it.</summary>
    private async Task<bool> ReadPage(CancellationToken cancel)
    {
        var page = await parts.Reader.ReadCompany(tenant, new(Head), EventsPerPage, cancel);
        var followed = page.Where(e => table.Follows(e.Stream.Type)).ToLookup(e => has(e.Stream.Id));
        await Add([.. followed[true]], cancel);
        Others.UnionWith(followed[false].Select(e => e.Stream.Id));
        Head = page.Count > 0 ? page[^1].Sequence.Value : Head;
        return page.GoesOn(EventsPerPage);
    }
}

/// <summary>What rebuilds read with.</summary>
internal sealed record WalkParts(IEventReader Reader, IEventOpener Opener, Lazy<PersonKeys> Keys, StreamPieces Pieces, Covering Covering)
{
    /// <summary>How often a walk tries to catch up with those who write meanwhile.</summary>
    /// <remarks>Two long streams that are written all the time could keep it from its end: the keeper begins another one later.</remarks>
    public int MostRounds { get; init; } = 10_000;
}
