using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>What is on disk is answered as stored, whatever fails afterwards.</summary>
public abstract class ToldTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    [Fact]
    public async Task A_commit_whose_readers_cannot_be_told_is_no_refusal()
    {
        var setup = new StoreSetup();
        await using var process = await Fixture.SecondProcess(setup);
        var (tenant, stream) = (Some.Tenant(), Some.Stream());
        var signals = (PartitionSignals)process.Signals;
        var tells = signals.Committed;
        signals.Committed = (partition, head) =>
        {
            signals.Committed = tells;
            throw new InvalidOperationException("Nobody can be told.");
        };
        var first = await process.Appended(Some.Unit(tenant, stream));
        var second = await process.Appended(Some.Unit(tenant, stream, 1));
        Assert.Equal((false, 1, 2), (first.AlreadyThere, first.Version.Value, second.Version.Value));
        Assert.Equal(1, setup.Heard.Count("Error: Readers of this process could not be told of a commit"));
        Assert.Equal(2, (await Store.Sound(tenant)).Count);
    }
}
