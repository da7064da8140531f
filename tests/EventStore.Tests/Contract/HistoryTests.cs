using Tms.EventStore.Tests.Stores;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A process that was told that its database is another one.</summary>
public abstract class HistoryTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task A_lane_whose_session_is_sound_writes_nothing_more()
    {
        var heard = new HeardLog();
        await using var store = await Fixture.SecondProcess(new() { Heard = heard });
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        store.History.End("another one", "this one");
        store.History.End("another one", "this one");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(Some.Unit(_tenant, Some.Stream())));
        Assert.Equal(StoreHistory.Ends, refused.Message);
        Assert.Single(await Store.Sound(_tenant));
        Assert.True(store.Ending.IsCancellationRequested);
        Assert.Equal(1, heard.Count("The database is another one, and was this one before"));
    }
}
