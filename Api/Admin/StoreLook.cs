using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Admin;

/// <summary>Asks the store how it is, and how far delivery is behind it.</summary>
internal sealed class StoreLook(IDatabase database, IEventReader log, ICheckpoints checkpoints, TimeProvider time)
{
    /// <summary>The store.</summary>
    public async Task<StoreView> Store(CancellationToken cancel)
    {
        var kind = database.Kind == DatabaseKind.Postgres ? "postgres" : "sqlite";
        return await Answered.InTime(time, stop => Ask(kind, stop), cancel) ?? new StoreView(kind, Answers: false);
    }

    /// <summary>What is not delivered yet: the saved checkpoints against the ends of the partitions. Two small queries.</summary>
    public Task<StreamsView?> Streams(CancellationToken cancel) => Answered.InTime<StreamsView?>(time, async stop =>
    {
        // Ends first: what commits between the two questions is not called behind.
        var heads = await log.PartitionHeads(stop);
        return Compare(await checkpoints.LoadAll(CompanyStream.Provider, stop), heads);
    }, cancel);

    private async Task<StoreView> Ask(string kind, CancellationToken cancel)
    {
        var asked = time.GetTimestamp();
        var epoch = await log.Epoch(cancel);
        await using var connection = await database.Open(cancel);
        await connection.Execute("select 1", null, cancel);
        return new StoreView(kind, Answers: true, connection.ServerVersion, epoch, (long)time.GetElapsedTime(asked).TotalMilliseconds);
    }

    private static StreamsView Compare(IReadOnlyDictionary<int, GlobalPosition> reached, IReadOnlyDictionary<int, GlobalPosition> heads)
    {
        var behind = heads.OrderBy(head => head.Key)
            .Select(head => Partition(head.Key, reached.GetValueOrDefault(head.Key).Value, head.Value.Value)).Where(p => p.Behind > 0)
            .ToArray();
        return new StreamsView(behind.Length == 0 ? 0 : behind.Max(p => p.Behind), behind);
    }

    private static PartitionView Partition(int number, long checkpoint, long head) =>
        new(number, checkpoint, head, Math.Max(0, head - checkpoint));
}
