using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class ProjectionTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TotalsProjection _totals = new();
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream(TotalsProjection.Stream);

    [Fact]
    public async Task A_row_is_there_when_the_append_returns()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Event(2), Some.Event(40)));
        var row = Assert.Single(await Store.Rows(_totals.Table, _tenant));
        Assert.Equal([_tenant.Value, _stream.Id, 2, 42L], row[..4]);
        await IsTheFoldOfTheLog();
    }

    [Fact]
    public async Task A_row_goes_on_from_where_it_was()
    {
        for (var version = 0; version < 5; version++) await Store.Appended(Some.Unit(_tenant, _stream, version, Some.Event(version)));
        Assert.Equal(5, Assert.Single(await Store.Rows(_totals.Table, _tenant))[2]);
        await IsTheFoldOfTheLog();
    }

    [Fact]
    public async Task A_row_goes_on_through_another_process_and_back()
    {
        await using var other = await Fixture.SecondProcess();
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Event(1)));
        await other.Appended(Some.Unit(_tenant, _stream, 1, Some.Event(2)));
        await Store.Appended(Some.Unit(_tenant, _stream, 2, Some.Event(3)));
        Assert.Equal(6L, Assert.Single(await Store.Rows(_totals.Table, _tenant))[3]);
    }

    [Fact]
    public async Task A_row_that_an_event_ends_is_gone_and_may_begin_again()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(3)));
        await Store.Appended(Some.Unit(_tenant, _stream, 3, Some.Event(TotalsProjection.Remove)));
        Assert.Empty(await Store.Rows(_totals.Table, _tenant));
        await Store.Appended(Some.Unit(_tenant, _stream, 4, Some.Event(8)));
        Assert.Equal(8L, Assert.Single(await Store.Rows(_totals.Table, _tenant))[3]);
    }

    [Fact]
    public async Task A_row_that_begins_and_ends_in_one_unit_is_not_there()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Event(1), Some.Event(TotalsProjection.Remove)));
        Assert.Empty(await Store.Rows(_totals.Table, _tenant));
    }

    [Fact]
    public async Task Rows_after_concurrent_appends_are_the_fold_of_the_log()
    {
        var streams = Enumerable.Range(0, 10).Select(_ => Some.Stream(TotalsProjection.Stream)).ToArray();
        await Task.WhenAll(streams.Select(GrowTo20)).Within(TimeSpan.FromSeconds(60));
        Assert.Equal(10, (await Store.Rows(_totals.Table, _tenant)).Count);
        await IsTheFoldOfTheLog();
    }

    [Fact]
    public async Task The_platforms_rows_are_its_own()
    {
        await Store.Appended(Some.Unit(_tenant, Some.On(_tenant, _stream), Some.On(TenantId.Platform, _stream)));
        Assert.Single(await Store.Rows(_totals.Table, _tenant));
        Assert.Contains(await Store.Rows(_totals.Table, TenantId.Platform), row => _stream.Id.Equals(row[1]));
    }

    [Fact]
    public async Task Streams_that_no_projection_follows_leave_no_row()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        Assert.Empty(await Store.Rows(_totals.Table, _tenant));
    }

    [Fact]
    public async Task A_conflicting_unit_changes_no_row()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Event(1)));
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Some.Unit(_tenant, _stream, 0, Some.Event(2))));
        Assert.Equal(1L, Assert.Single(await Store.Rows(_totals.Table, _tenant))[3]);
    }

    [Fact]
    public async Task A_unit_at_which_a_projection_fails_is_rejected_and_leaves_no_trace()
    {
        var email = Some.Email(_tenant);
        var unit = Some.Unit(_tenant, _stream, 0, Some.Event(1), Some.Event(TotalsProjection.Poison)) with
        {
            Key = Some.Key("poison"),
            Reservations = [email],
        };
        await Assert.ThrowsAsync<UnitRejectedException>(() => Store.Append(unit));
        Assert.Empty(await Store.Sound(_tenant));
        Assert.Empty(await Store.Rows(_totals.Table, _tenant));
        Assert.Null(await Store.FindCommand(_tenant, unit.Key));
        Assert.Null(await Store.FindReservation("email", email.Value));
        await Store.Appended(Some.Unit(_tenant, _stream) with { Key = unit.Key });
    }

    private async Task GrowTo20(StreamName stream)
    {
        for (var version = 0; version < 20; version++) await Store.Appended(Some.Unit(_tenant, stream, version, Some.Event(version)));
    }

    private async Task IsTheFoldOfTheLog()
    {
        var expected = _totals.Fold(await Store.Sound(_tenant)).OrderBy(row => row[1]);
        Assert.Equal(expected, (await Store.Rows(_totals.Table, _tenant)).OrderBy(row => row[1]));
    }
}
