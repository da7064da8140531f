using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Units that make no sense are refused before anything is stored.</summary>
public abstract class RejectionTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task A_unit_over_the_size_limit_is_told_the_limit()
    {
        var refused = await Refused(Some.Unit(_tenant, _stream, 0, Some.Event(new byte[StoreFactory.TooManyBytes])));
        Assert.Matches("[0-9]", refused.Message);
    }

    [Fact]
    public async Task Metadata_count_for_the_size() =>
        await Refused(Some.Unit(_tenant, _stream) with { Metadata = new byte[StoreFactory.TooManyBytes] });

    [Fact]
    public async Task A_unit_without_streams_is_refused() => await Refused(Some.Unit(_tenant));

    [Fact]
    public async Task A_unit_without_events_and_without_a_draw_is_refused() =>
        await Refused(Some.Unit(_tenant, new StreamAppend(_tenant, _stream, StreamVersion.Empty, [])));

    [Fact]
    public async Task A_second_stream_without_events_is_refused() =>
        await Refused(Some.Unit(_tenant, Some.On(_tenant, Some.Stream()), new StreamAppend(_tenant, _stream, StreamVersion.Empty, [])));

    [Fact]
    public async Task A_stream_of_another_tenant_is_refused()
    {
        var other = Some.Tenant();
        await Refused(Some.Unit(_tenant, Some.On(_tenant, _stream), Some.On(other, Some.Stream())));
        Assert.Empty(await Store.Sound(other));
    }

    [Fact]
    public async Task The_same_stream_twice_is_refused() =>
        await Refused(Some.Unit(_tenant, Some.On(_tenant, _stream), Some.On(_tenant, _stream, 1)));

    [Fact]
    public async Task The_same_event_id_twice_is_refused()
    {
        var e = Some.Event();
        await Refused(Some.Unit(_tenant, _stream, 0, e, e));
    }

    [Fact]
    public async Task A_negative_expected_version_is_refused() => await Refused(Some.Unit(_tenant, _stream, -1));

    [Fact]
    public async Task A_draw_beside_events_that_are_there_already_is_refused_and_not_forgotten() =>
        await Refused(Some.Unit(_tenant, _stream) with { Draw = new(["orders"], static _ => []) });

    [Fact]
    public async Task A_draw_of_no_number_is_refused() => await Refused(Some.Drawing(_tenant, [], Some.Outline(_tenant, _stream)));

    [Fact]
    public async Task A_unit_that_completes_to_other_events_than_it_names_is_refused()
    {
        var unit = Some.Drawing(_tenant, _stream, "orders");
        await Refused(unit with { Draw = new(["orders"], static _ => []) });
        await Refused(unit with { Draw = new(["orders"], _ => [unit.Streams[0].Events[0], Some.Event()]) });
        await Refused(unit with { Draw = new(["orders"], static _ => [Some.Event()]) });
        Assert.Equal(1, (await Store.Appended(Some.Drawing(Some.Tenant(), _stream, "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task A_unit_without_a_stream_of_its_own_tenant_is_refused() =>
        await Refused(Some.Unit(_tenant, Some.On(TenantId.Platform, _stream)) with { Key = Some.Key("elsewhere") });

    [Fact]
    public async Task A_key_that_is_no_hash_is_refused() => await Refused(Some.Unit(_tenant, _stream) with { Key = new([1], [2]) });

    private async Task<UnitRejectedException> Refused(AppendUnit unit)
    {
        var refused = await Assert.ThrowsAsync<UnitRejectedException>(() => Store.Append(unit));
        Assert.Empty(await Store.Sound(_tenant));
        return refused;
    }
}
