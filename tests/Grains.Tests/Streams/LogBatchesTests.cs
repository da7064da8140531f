using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Tests.Support;
using Tms.Streams.Providers;
using Xunit;

namespace Tms.Grains.Tests.Streams;

public sealed class LogBatchesTests
{
    private static readonly TenantId[] Companies = World.Neighbours(3);

    [Fact]
    public async Task Only_the_last_batch_of_a_cut_moves_the_checkpoint()
    {
        var read = await Read(0, 1, 0, 1);

        var (batches, taken) = LogBatches.Cut(read, new GlobalPosition(5), max: 10);

        Assert.Equal(4, taken);
        Assert.Equal([5, read[^1].Position.Value], batches.Cast<LogBatch>().Select(b => b.Safe));
        Assert.Equal([2, 2], batches.Cast<LogBatch>().Select(b => b.Events.Length));
    }

    [Fact]
    public async Task A_cut_ends_before_the_company_that_does_not_fit()
    {
        var read = await Read(0, 1, 0, 2, 0);

        var (batches, taken) = LogBatches.Cut(read, GlobalPosition.Start, max: 2);

        Assert.Equal(3, taken);
        Assert.Equal(read[2].Position.Value, ((LogBatch)batches[^1]).Safe);
    }

    [Fact]
    public async Task Tokens_only_grow()
    {
        var (batches, _) = LogBatches.Cut(await Read(2, 0, 1, 0, 2, 1), GlobalPosition.Start, max: 10);

        StreamSequenceToken[] tokens = [.. batches.Select(b => b.SequenceToken)];
        Assert.True(tokens.Zip(tokens.Skip(1)).All(pair => pair.Second.Newer(pair.First)));
    }

    private static async Task<RecordedEvent[]> Read(params int[] companies)
    {
        var log = new MemoryLog();
        foreach (var company in companies) log.Append(Companies[company], "A");
        return [.. await log.ReadPartition(Companies[0].Partition, GlobalPosition.Start, 100)];
    }
}
