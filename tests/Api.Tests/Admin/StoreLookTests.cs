using System.Data.Common;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Admin;
using Tms.Api.Tests.Hosting;
using Tms.EventStore;

namespace Tms.Api.Tests.Admin;

public sealed class StoreLookTests
{
    [Fact]
    public async Task Delivery_is_as_far_behind_as_the_partition_that_is_furthest()
    {
        var streams = (await Look(new() { [3] = 100, [4] = 90, [5] = 60, [6] = 7 }, new() { [3] = 40, [4] = 90, [5] = 70 })
            .Streams(TestContext.Current.CancellationToken))!;
        Assert.Equal(60, streams.Behind);
        Assert.Equal([new PartitionView(3, 40, 100, 60), new PartitionView(6, 0, 7, 7)], streams.Partitions);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_shown_as_such()
    {
        var look = Look(null, []);
        Assert.Null(await look.Streams(TestContext.Current.CancellationToken));
        Assert.Equal(new StoreView("postgres", Answers: false), await look.Store(TestContext.Current.CancellationToken));
    }

    // Heads of null: the store is away.
    private static StoreLook Look(Dictionary<int, long>? heads, Dictionary<int, long> reached) =>
        new(new NoDatabase(), new Heads(heads), new Reached(reached), new FakeTimeProvider());

    private static Dictionary<int, GlobalPosition> Positions(Dictionary<int, long> given) =>
        given.ToDictionary(p => p.Key, p => new GlobalPosition(p.Value));

    private sealed class Heads(Dictionary<int, long>? heads) : PartialLog
    {
        public override Task<IReadOnlyDictionary<int, GlobalPosition>> PartitionHeads(CancellationToken cancel = default) =>
            heads is null
                ? throw new StoreUnavailableException("away")
                : Task.FromResult<IReadOnlyDictionary<int, GlobalPosition>>(Positions(heads));

        public override Task<Guid> Epoch(CancellationToken cancel = default) => throw new StoreUnavailableException("away");

        public override Task<IReadOnlyList<RecordedEvent>> ReadCompany(
            TenantId tenant, CompanySequence after, int limit, CancellationToken cancel = default) => throw new NotSupportedException();

        public override Task<TenantHead> Head(TenantId tenant, CancellationToken cancel = default) => throw new NotSupportedException();
    }

    private sealed class Reached(Dictionary<int, long> reached) : ICheckpoints
    {
        public Task<GlobalPosition> Load(string name, int partition, CancellationToken cancel = default) =>
            throw new NotSupportedException();

        public Task<IReadOnlyDictionary<int, GlobalPosition>> LoadAll(string name, CancellationToken cancel = default) =>
            Task.FromResult<IReadOnlyDictionary<int, GlobalPosition>>(Positions(reached));

        public Task Save(string name, IReadOnlyDictionary<int, GlobalPosition> positions, CancellationToken cancel = default) =>
            throw new NotSupportedException();
    }

    private sealed class NoDatabase : IDatabase
    {
        public DatabaseKind Kind => DatabaseKind.Postgres;

        public ValueTask<DbConnection> Open(CancellationToken cancel = default) => throw new StoreUnavailableException("away");
    }
}
