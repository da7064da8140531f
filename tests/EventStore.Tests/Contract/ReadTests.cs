using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class ReadTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Theory]
    [InlineData(0, 10, 5, 1)]
    [InlineData(0, 2, 2, 1)]
    [InlineData(3, 10, 2, 4)]
    [InlineData(3, 1, 1, 4)]
    [InlineData(5, 10, 0, 0)]
    public async Task A_stream_is_read_after_a_version_up_to_a_limit(int after, int limit, int count, int first)
    {
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _stream, 0, Some.Events(5)), Some.On(_tenant, Some.Stream())));
        var read = await Store.Stream(_tenant, _stream, after, limit);
        Assert.Equal(Enumerable.Range(first, count), read.Select(e => e.Version.Value));
        Assert.All(read, e => Assert.Equal(_stream, e.Stream));
    }

    [Theory]
    [InlineData(0, 10, 5, 1)]
    [InlineData(2, 2, 2, 3)]
    [InlineData(5, 10, 0, 0)]
    public async Task A_company_is_read_after_a_sequence_up_to_a_limit(long after, int limit, int count, int first)
    {
        for (var i = 0; i < 5; i++) await Store.AppendAll([Some.Unit(_tenant, Some.Stream()), Some.Unit(Some.Tenant(), Some.Stream())]);
        var read = await Store.Company(_tenant, after, limit);
        Assert.Equal(Enumerable.Range(first, count), read.Select(e => (int)e.Sequence.Value));
        Assert.All(read, e => Assert.Equal(_tenant, e.Tenant));
    }

    [Fact]
    public async Task Streams_are_found_by_their_id_alone_each_with_its_tenant()
    {
        var other = Some.Tenant();
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _stream, 0, Some.Events(3))));
        await Store.Appended(Some.Unit(other, _stream with { Type = "also" }));
        var found = await Store.Finder.Find(_stream.Id, TestContext.Current.CancellationToken);
        Assert.Equal([(_tenant, _stream), (other, _stream with { Type = "also" })], found.OrderBy(f => f.Tenant == other));
        Assert.Empty(await Store.Finder.Find(Guid.CreateVersion7(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stream_is_not_found_under_another_tenant()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        Assert.Empty(await Store.Stream(Some.Tenant(), _stream));
    }

    [Fact]
    public async Task The_version_of_a_stream_is_the_number_of_its_events()
    {
        Assert.Equal(StreamVersion.Empty, await Store.Version(_tenant, _stream));
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _stream, 0, Some.Events(5)), Some.On(_tenant, Some.Stream())));
        Assert.Equal(5, (await Store.Version(_tenant, _stream)).Value);
        await Store.Appended(Some.Unit(_tenant, _stream, 5));
        Assert.Equal(6, (await Store.Version(_tenant, _stream)).Value);
    }

    [Fact]
    public async Task A_stream_of_another_tenant_or_type_with_the_same_id_does_not_count()
    {
        var other = Some.Tenant();
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _stream, 0, Some.Events(3))));
        await Store.Appended(Some.Unit(other, _stream));
        Assert.Equal(3, (await Store.Version(_tenant, _stream)).Value);
        Assert.Equal(1, (await Store.Version(other, _stream)).Value);
        Assert.Equal(StreamVersion.Empty, await Store.Version(_tenant, _stream with { Type = "also" }));
    }

    [Fact]
    public async Task An_event_is_found_by_its_id_with_its_version()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        var three = Some.Unit(_tenant, _stream, 1, Some.Events(3));
        await Store.Appended(three);
        foreach (var (i, e) in three.Streams[0].Events.Index()) Assert.Equal(
            new StreamVersion(2 + i), await Store.FindEvent(_tenant, _stream, e.Id));
    }

    [Fact]
    public async Task An_event_is_not_found_in_another_stream_or_tenant()
    {
        var unit = Some.Unit(_tenant, _stream);
        await Store.Appended(unit);
        Assert.Null(await Store.FindEvent(_tenant, Some.Stream(), IdIn(unit)));
        Assert.Null(await Store.FindEvent(Some.Tenant(), _stream, IdIn(unit)));
        Assert.Null(await Store.FindEvent(_tenant, _stream, Guid.CreateVersion7()));
    }

    [Fact]
    public async Task An_event_whose_id_tells_no_time_is_found_however_long_the_stream_is()
    {
        var id = new Guid("11111111-2222-4333-8444-555555555555");
        await Store.Appended(Some.Unit(_tenant, _stream, 0, [Some.Event() with { Id = id }, .. Some.Events(1500)]));
        Assert.Equal(new StreamVersion(1), await Store.FindEvent(_tenant, _stream, id));
    }

    [Fact]
    public async Task An_event_is_not_looked_for_among_those_that_are_days_older_than_its_id()
    {
        var (soon, late) = (
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddHours(20)),
            Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddHours(28)));
        await Store.Appended(
            Some.Unit(_tenant, _stream, 0, Some.Event() with { Id = soon }, Some.Event() with { Id = late }, Some.Event()));
        Assert.Equal(new StreamVersion(1), await Store.FindEvent(_tenant, _stream, soon));
        Assert.Null(await Store.FindEvent(_tenant, _stream, late));
    }

    [Fact]
    public async Task What_one_process_was_told_is_committed_another_reads()
    {
        await using var other = await Fixture.SecondProcess();
        for (var version = 1; version <= 20; version++)
        {
            await Store.Appended(Some.Unit(_tenant, _stream, version - 1));
            Assert.Equal(version, (await other.Stream(_tenant, _stream)).Count);
            Assert.Equal(version, (await other.Head(_tenant)).Sequence.Value);
        }
    }

    [Fact]
    public async Task Many_tenants_heads_are_read_at_once_also_of_those_without_events()
    {
        TenantId[] tenants = [_tenant, Some.Tenant(), Some.Tenant()];
        for (var n = 0; n < 2; n++) await Store.Appended(Some.Unit(tenants[n], _stream, 0, Some.Events(n + 1)));
        var heads = await Store.HeadsOf(tenants);
        Assert.Equal(3, heads.Count);
        foreach (var tenant in tenants)
        {
            var head = await Store.Head(tenant);
            Assert.Equal((head.Sequence, head.TimeMicros), (heads[tenant].Sequence, heads[tenant].TimeMicros));
            Assert.Equal(head.Hash, heads[tenant].Hash);
        }
    }

    [Fact]
    public async Task A_remembered_point_stands_only_in_the_log_that_it_was_taken_from()
    {
        var other = Some.Tenant();
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _stream, 0, Some.Events(3))));
        await Store.Appended(Some.Unit(other, Some.On(other, Some.Stream(), 0, Some.Events(3))));
        var points = (await Store.Company(_tenant)).Select(LogPoint.After).Prepend(LogPoint.Start(_tenant)).ToArray();
        foreach (var point in points)
        {
            Assert.True(await Store.Reader.Has(_tenant, point, TestContext.Current.CancellationToken), $"{point} of its own log");
            Assert.False(await Store.Reader.Has(other, point, TestContext.Current.CancellationToken), $"{point} of another log");
        }

        Assert.False(await Store.Reader.Has(_tenant, points[^1] with { Sequence = new(4) }, TestContext.Current.CancellationToken));
    }

    private static Guid IdIn(AppendUnit unit) => unit.Streams[0].Events[0].Id;
}
