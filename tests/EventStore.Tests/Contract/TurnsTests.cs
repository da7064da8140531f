using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Two processes write to one tenant by turns: what either remembers of it is out of date each time.</summary>
public abstract class TurnsTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task New_streams_by_turns_have_one_sequence_and_one_chain()
    {
        await using var other = await Fixture.SecondProcess();
        for (var i = 0; i < 10; i++) await By(i, other).Appended(Some.Unit(_tenant, Some.Stream()));
        Assert.Equal(10, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task One_stream_by_turns_has_every_version_once()
    {
        await using var other = await Fixture.SecondProcess();
        for (var i = 0; i < 10; i++) Assert.Equal(i + 1, (await By(i, other).Appended(Some.Unit(_tenant, _stream, i))).Version.Value);
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Some.Unit(_tenant, _stream, 9)));
        Assert.IsType<AppendResult.Conflict>(await other.Append(Some.Unit(_tenant, _stream, 8)));
        Assert.Equal(10, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task Numbers_by_turns_have_no_gap()
    {
        await using var other = await Fixture.SecondProcess();
        for (var i = 0; i < 10; i++)
            Assert.Equal(i + 1, (await By(i, other).Appended(Some.Drawing(_tenant, Some.Stream(), "orders"))).Numbers[0]);
    }

    [Fact]
    public async Task A_key_that_another_process_used_is_taken()
    {
        await using var other = await Fixture.SecondProcess();
        await Store.Appended(Some.Unit(_tenant, _stream));
        var first = await other.Appended(Some.Unit(_tenant, _stream, 1) with { Key = Some.Key("pay") });
        var again = await Store.Append(Some.Unit(_tenant, Some.Stream()) with { Key = Some.Key("pay") });
        Assert.Equal((_stream, first.Version), (Assert.IsType<AppendResult.KeyTaken>(again).Earlier.Stream, first.Version));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_key_of_ones_own_is_taken_too()
    {
        await Store.Appended(Some.Unit(_tenant, _stream) with { Key = Some.Key("create") });
        Assert.IsType<AppendResult.KeyTaken>(await Store.Append(Some.Unit(_tenant, Some.Stream()) with { Key = Some.Key("create") }));
        await Store.Appended(Some.Unit(_tenant, _stream, 1));
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task What_another_process_reserved_is_held_whichever_tenant_asks()
    {
        await using var other = await Fixture.SecondProcess();
        var elsewhere = Some.TenantIn((_tenant.Partition + 1) % TenantId.Partitions);
        await Store.Appended(Some.Unit(_tenant, _stream));
        var email = Some.Email(elsewhere);
        await other.Appended(Some.Unit(elsewhere, Some.Stream()) with { Reservations = [email] });
        var result = await Store.Append(Some.Unit(_tenant, _stream, 1) with { Reservations = [Some.Email(_tenant, email.Value)] });
        Assert.Equal(email, Assert.IsType<AppendResult.Reserved>(result).Holder);
        await Store.Appended(Some.Unit(_tenant, _stream, 1));
    }

    [Fact]
    public async Task A_version_of_the_future_is_a_conflict_for_who_wrote_the_last_one()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        Assert.Equal(new AppendResult.Conflict(_stream, new(1)), await Store.Append(Some.Unit(_tenant, _stream, 2)));
    }

    [Fact]
    public async Task A_version_that_nobody_wrote_is_a_conflict_and_its_mates_are_appended()
    {
        await using var other = await Fixture.SecondProcess();
        await other.Appended(Some.Unit(_tenant, _stream));
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        var (good, bad) = (Store.Append(Some.Unit(_tenant, _stream, 1)), Store.Append(Some.Unit(_tenant, Some.Stream(), 3)));
        Assert.IsType<AppendResult.Appended>(await good);
        Assert.Equal(StreamVersion.Empty, Assert.IsType<AppendResult.Conflict>(await bad).Actual);
        Assert.Equal(3, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task Two_units_of_one_stream_at_once_are_one_append_and_one_conflict()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        var results = await Task.WhenAll(Store.Append(Some.Unit(_tenant, _stream, 1)), Store.Append(Some.Unit(_tenant, _stream, 1)));
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Single(results.OfType<AppendResult.Conflict>());
    }

    [Fact]
    public async Task What_the_first_event_set_is_kept_through_turns()
    {
        await using var other = await Fixture.SecondProcess();
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        for (var i = 0; i < 4; i++) await By(i, other).Appended(Some.Unit(_tenant, _stream, i));
        var row = Assert.Single(await Store.Rows(new FirstsProjection().Table, _tenant), r => _stream.Id.Equals(r[1]));
        Assert.Equal([2L, 4], row[2..]);
    }

    [Fact]
    public async Task What_the_first_event_set_is_kept_within_a_unit()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(3)));
        Assert.Equal([1L, 3], Assert.Single(await Store.Rows(new FirstsProjection().Table, _tenant))[2..]);
    }

    private StoreUnderTest By(int turn, StoreUnderTest other) => turn % 2 == 0 ? Store : other;
}
