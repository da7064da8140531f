using Tms.Api.Audit;
using Tms.Api.Tests.Hosting;
using Tms.EventStore;
using Tms.EventStore.Readers;

namespace Tms.Api.Tests.Audit;

/// <summary>A walk reads a whole log: a node does one for each company at a time.</summary>
public sealed class LogWalkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_log_is_walked_nobody_else_walks_it_and_others_are_not_held_up()
    {
        var (log, company, other) = (new HeldLog(), new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()));
        var walks = new LogWalks(new ChainCheck(new NoDatabase(), log));
        var first = walks.Walk(company, Cancel);
        var second = walks.Walk(company, Cancel);
        Assert.True(second.IsCompleted);
        Assert.Null(await second);
        var another = walks.Walk(other, Cancel);
        Assert.False(first.IsCompleted || another.IsCompleted);
        log.Release();
        Assert.NotNull(await first);
        Assert.NotNull(await another);
        Assert.NotNull(await walks.Walk(company, Cancel));
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_log_free_for_the_next()
    {
        var (log, company) = (new HeldLog(), new TenantId(Guid.NewGuid()));
        var walks = new LogWalks(new ChainCheck(new NoDatabase(), log));
        using var patience = new CancellationTokenSource();
        var first = walks.Walk(company, patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        log.Release();
        Assert.NotNull(await walks.Walk(company, Cancel));
    }

    // A log that says it has an event, and is asked for it in vain until it is released.
    private sealed class HeldLog : PartialLog
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.SetResult();

        public override Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default) =>
            Task.FromResult(new TenantHead(tenant, new(1), new byte[32], 0));

        public override async Task<IReadOnlyList<RecordedEvent>> ReadCompany(
            TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default)
        {
            await _released.Task.WaitAsync(cancel);
            return [];
        }
    }

    private sealed class NoDatabase : IDatabase
    {
        public DatabaseKind Kind => DatabaseKind.Sqlite;

        public ValueTask<System.Data.Common.DbConnection> Open(CancellationToken cancel = default) => throw new NotSupportedException();
    }
}
