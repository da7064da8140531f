using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Work that one process does for the cluster.</summary>
public abstract class OnceTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly string _work = $"work-{Guid.CreateVersion7()}";

    [Fact]
    public async Task A_process_keeps_the_turn_that_it_took()
    {
        Assert.True(await Store.Turns.Try(_work, "", Cancel));
        Assert.True(await Store.Turns.Try(_work, "", Cancel));
    }

    [Fact]
    public async Task A_process_may_have_the_turns_of_several_works()
    {
        Assert.True(await Store.Turns.Try(_work, "", Cancel));
        Assert.True(await Store.Turns.Try($"{_work}-2", "", Cancel));
    }
}
