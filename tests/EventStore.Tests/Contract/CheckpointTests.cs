using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class CheckpointTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _name = $"reader-{Guid.CreateVersion7()}";

    private ICheckpoints Checkpoints => Store.Checkpoints;

    [Fact]
    public async Task A_reader_that_never_was_there_starts_at_the_start()
    {
        Assert.Equal(GlobalPosition.Start, await Checkpoints.Load(_name, 7, Cancel));
        Assert.Empty(await Checkpoints.LoadAll(_name, Cancel));
    }

    [Fact]
    public async Task What_is_saved_is_found_by_every_process_and_after_a_restart()
    {
        await Save((0, 12), (31, 9_000_000_000));
        await using (var other = await Fixture.SecondProcess()) Assert.Equal(
            new GlobalPosition(12), await other.Checkpoints.Load(_name, 0, Cancel));
        await Fixture.Restart();
        Assert.Equal(
            new Dictionary<int, GlobalPosition> { [0] = new(12), [31] = new(9_000_000_000) }, await Checkpoints.LoadAll(_name, Cancel));
        Assert.Equal(GlobalPosition.Start, await Checkpoints.Load(_name, 1, Cancel));
    }

    [Fact]
    public async Task A_reader_moves_forward_in_the_partitions_named_and_nowhere_else()
    {
        await Save((1, 10), (2, 20));
        await Save((2, 25), (3, 5));
        Assert.Equal([(1, 10L), (2, 25L), (3, 5L)], await Saved());
    }

    [Fact]
    public async Task A_reader_never_moves_back()
    {
        await Save((1, 10), (2, 20));
        await Save((1, 9), (2, 21));
        Assert.Equal([(1, 10L), (2, 21L)], await Saved());
    }

    [Fact]
    public async Task Readers_do_not_meet()
    {
        await Save((1, 10));
        await Checkpoints.Save($"{_name}-other", new Dictionary<int, GlobalPosition> { [1] = new(99) }, Cancel);
        Assert.Equal([(1, 10L)], await Saved());
    }

    [Fact]
    public async Task Nothing_to_save_saves_nothing()
    {
        await Save();
        Assert.Empty(await Saved());
    }

    [Fact]
    public async Task Of_many_savers_at_once_the_furthest_stays()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(() =>
            both[n % 2].Checkpoints.Save(
                _name, Enumerable.Range(0, TenantId.Partitions).ToDictionary(p => p, p => new GlobalPosition(p % 2 == 0 ? n : 41 - n)),
                Cancel)))).Within(Limit);
        Assert.All(await Saved(), saved => Assert.Equal(40, saved.Position));
    }

    private Task Save(params (int Partition, long Position)[] positions) =>
        Checkpoints.Save(_name, positions.ToDictionary(p => p.Partition, p => new GlobalPosition(p.Position)), Cancel).Within(Limit);

    private async Task<(int Partition, long Position)[]> Saved() =>
        [.. (await Checkpoints.LoadAll(_name, Cancel).Within(Limit)).Select(p => (p.Key, p.Value.Value)).Order()];
}
