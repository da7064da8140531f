using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class CancellationTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task A_caller_that_gives_up_does_not_break_those_it_shares_a_commit_with()
    {
        using var cancel = new CancellationTokenSource();
        var units = Enumerable.Range(0, 100).Select(_ => Some.Unit(_tenant, Some.Stream())).ToArray();
        var appends = units.Select((unit, n) => Store.AppendUnless(unit, n % 2 == 0 ? cancel.Token : CancellationToken.None)).ToArray();
        await cancel.CancelAsync();
        await Task.WhenAll(appends.Where((_, n) => n % 2 == 1));
        await Task.WhenAll(appends.Where((_, n) => n % 2 == 0)).ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.All(appends.Where((_, n) => n % 2 == 1), append => Assert.IsType<AppendResult.Appended>(append.Result));
        Assert.All(appends.Where((_, n) => n % 2 == 0), append => Assert.True(append.IsCanceled || append.Result is AppendResult.Appended));
        await StoredWhatWasAcknowledged(units, appends);
    }

    [Fact]
    public async Task A_caller_that_gave_up_before_does_not_wait()
    {
        var unit = Some.Unit(_tenant, Some.Stream());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendUnless(unit, new CancellationToken(canceled: true)));
        await Store.Appended(unit);
        Assert.Single(await Store.Sound(_tenant));
    }

    private async Task StoredWhatWasAcknowledged(AppendUnit[] units, Task<AppendResult>[] appends)
    {
        var stored = (await Store.Sound(_tenant)).Select(e => e.Id).ToHashSet();
        var acknowledged = units.Where((_, n) => appends[n].IsCompletedSuccessfully).Select(unit => unit.Streams[0].Events[0].Id);
        Assert.Subset(stored, acknowledged.ToHashSet());
    }
}
