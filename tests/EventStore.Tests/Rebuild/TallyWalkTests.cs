using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Rebuild;

public sealed class TallyWalkTests
{
    [Fact]
    public async Task A_log_is_not_summed_while_its_partition_cannot_be_had()
    {
        // There is nothing to read with: whoever read would fail by that.
        var table = TableModel.Of(new InlineModels([], [], [], [new AccountTallies()]))[0];
        var walk = new TallyWalk(table, Some.Tenant(), new HeldPartition(), new(null!, null!, null!, null!, null!));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => walk.Run(TestContext.Current.CancellationToken));
    }

    private sealed class HeldPartition : IRebuildSession
    {
        public Task<T> Locked<T>(Func<ICoverSession, Task<T>> change, CancellationToken cancel) =>
            throw new StoreUnavailableException("The partition was not free in time.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
