using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class RebuildTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly TotalsProjection _totals = new();
    private readonly WordEntries _words = new();
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public void Every_table_has_a_name() => Assert.Equal(["test_firsts", "test_totals", "test_words"], Store.ReadModels.Tables);

    [Fact]
    public async Task A_table_that_nobody_keeps_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ReadModels.Rebuild("events; drop table tenants", Cancel));

    [Fact]
    public async Task A_rebuilt_table_is_the_fold_of_the_log_whatever_stood_there()
    {
        var stream = Some.Stream(TotalsProjection.Stream);
        await Store.Appended(Some.Unit(_tenant, stream, 0, Some.Events(2500)));
        await Spoil();
        await Store.ReadModels.Rebuild("test_totals", Cancel).Within(Limit);
        Assert.Equal(_totals.Fold(await Store.Sound(_tenant)), await Store.Rows(_totals.Table, _tenant));
        await Store.Appended(Some.Unit(_tenant, stream, 2500));
        Assert.Equal(2501, Assert.Single(await Store.Rows(_totals.Table, _tenant))[2]);
    }

    [Fact]
    public async Task Entries_are_rebuilt_and_the_other_table_is_left_alone()
    {
        var text = Some.Stream(WordEntries.Stream);
        await Store.Appended(Some.Unit(_tenant, text, 0, Some.Event(Some.Bytes("en to en")), Some.Event(Some.Bytes("to tre"))));
        await Store.Appended(Some.Unit(_tenant, Some.Stream(TotalsProjection.Stream)));
        await Spoil();
        await Store.Database.Execute("delete from test_words where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        await Store.ReadModels.Rebuild("test_words", Cancel).Within(Limit);
        Assert.Equal(["en", "to", "tre"], (await Store.Rows(_words.Table, _tenant)).Select(r => (string)r[1]!).Order());
        Assert.Equal(-99L, Assert.Single(await Store.Rows(_totals.Table, _tenant))[3]);
    }

    [Fact]
    public async Task All_tables_of_all_tenants_are_rebuilt_together()
    {
        TenantId[] tenants = [_tenant, Some.Tenant()];
        foreach (var tenant in tenants)
            await Store.Appended(
                Some.Unit(tenant, Some.On(tenant, Some.Stream(TotalsProjection.Stream)), Some.On(tenant, Some.Stream(WordEntries.Stream))));
        await Spoil();
        await Store.ReadModels.Rebuild(null, Cancel).Within(Limit);
        foreach (var tenant in tenants)
        {
            Assert.Equal(1L, Assert.Single(await Store.Rows(_totals.Table, tenant))[3]);
            Assert.Single(await Store.Rows(_words.Table, tenant));
        }
    }

    [Fact]
    public async Task A_row_that_ended_does_not_come_back()
    {
        await Store.Appended(
            Some.Unit(_tenant, Some.Stream(TotalsProjection.Stream), 0, Some.Event(1), Some.Event(TotalsProjection.Remove)));
        await Store.ReadModels.Rebuild("test_totals", Cancel).Within(Limit);
        Assert.Empty(await Store.Rows(_totals.Table, _tenant));
    }

    [Fact]
    public async Task Tables_are_right_after_rebuilds_among_writers_of_two_processes()
    {
        await using var other = await Fixture.SecondProcess();
        StreamName[] streams = [.. Enumerable.Range(0, 8).Select(_ => Some.Stream(TotalsProjection.Stream))];
        var writing = Task.WhenAll(streams.Select((stream, i) => Task.Run(() => Grow(i % 2 == 0 ? Store : other, stream))));
        var rebuilds = 0;
        for (; !writing.IsCompleted; rebuilds++) await Store.ReadModels.Rebuild("test_totals", Cancel).Within(Limit);
        await writing.Within(Limit);
        Assert.True(rebuilds > 0);
        var expected = _totals.Fold(await Store.Sound(_tenant)).OrderBy(row => row[1]);
        Assert.Equal(expected, (await Store.Rows(_totals.Table, _tenant)).OrderBy(row => row[1]));
    }

    [Fact]
    public async Task Nobody_appends_between_a_rebuilds_last_reading_and_its_writing()
    {
        var stream = Some.Stream(TotalsProjection.Stream);
        await Store.Appended(Some.Unit(_tenant, stream));
        GatedReader? reader = null;
        await using var rebuilder =
            await Fixture.SecondProcess(new() { Reader = inner => reader = new GatedReader(inner, _tenant, read: 2) });
        var rebuilding = rebuilder.ReadModels.Rebuild("test_totals", Cancel);
        await reader!.Reached.Within(Limit);

        var appending = Store.Appended(Some.Unit(_tenant, stream, 1));
        var open = await Fixture.LetsWritersIn(_tenant.Partition);
        if (open) await appending.Within(Limit); // then it shall do the harm that it can
        reader.Open();
        await rebuilding.Within(Limit);
        await appending.Within(Limit);

        Assert.Equal(_totals.Fold(await Store.Sound(_tenant)), await Store.Rows(_totals.Table, _tenant));
        Assert.False(open, "A writer would have got in.");
    }

    private async Task Grow(StoreUnderTest process, StreamName stream)
    {
        for (var version = 0; version < 40; version++) await process.Appended(Some.Unit(_tenant, stream, version, Some.Event(version)));
    }

    private Task Spoil() => Store.Database.Execute("update test_totals set total = -99", Cancel);
}
