using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class ConflictTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_wrong_expected_version_is_a_conflict_that_tells_the_actual_one_and_stores_nothing(int expected)
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(3)));
        var result = await Store.Append(Some.Unit(_tenant, _stream, expected));
        Assert.Equal(new AppendResult.Conflict(_stream, new(3)), result);
        Assert.Equal(3, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task An_empty_stream_conflicts_with_any_version_but_0() =>
        Assert.Equal(new AppendResult.Conflict(_stream, StreamVersion.Empty), await Store.Append(Some.Unit(_tenant, _stream, 1)));

    [Fact]
    public async Task Of_twenty_concurrent_appends_at_one_version_exactly_one_wins()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        var results = await Store.AppendAll(Enumerable.Range(0, 20).Select(_ => Some.Unit(_tenant, _stream, 1)));
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(19, results.Count(result => result.Equals(new AppendResult.Conflict(_stream, new(2)))));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task Two_processes_never_give_one_version_twice()
    {
        await using var other = await Fixture.SecondProcess();
        var wins = await Task.WhenAll(Hammer(Store, 30), Hammer(other, 30));
        var log = await Store.Sound(_tenant);
        Assert.Equal(wins.Sum(), log.Count);
        Assert.Equal(60, log.Count);
    }

    [Fact]
    public async Task Streams_with_one_id_and_different_types_do_not_meet()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        Assert.Equal(1, (await Store.Appended(Some.Unit(_tenant, _stream with { Type = "quotes" }))).Version.Value);
    }

    [Fact]
    public async Task Streams_with_one_name_in_different_tenants_do_not_meet()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        var other = Some.Tenant();
        Assert.Equal(1, (await Store.Appended(Some.Unit(other, _stream))).Version.Value);
        Assert.Single(await Store.Stream(other, _stream));
    }

    /// <summary>Appends as a grain does until it won so many times: a conflict tells the version to try next.</summary>
    private async Task<int> Hammer(StoreUnderTest store, int wins)
    {
        var (won, version) = (0, 0);
        while (won < wins)
        {
            var result = await store.Append(Some.Unit(_tenant, _stream, version));
            if (result is AppendResult.Appended) won++;
            version = result is AppendResult.Appended ok ? ok.Version.Value : Assert.IsType<AppendResult.Conflict>(result).Actual.Value;
        }

        return won;
    }
}
