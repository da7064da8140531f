using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Sums that events add to, whoever appended them and however they were batched.</summary>
public abstract class TallyTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup Books = new() { Projections = [], Entries = [], Tallies = [new AccountTallies()] };
    private static readonly StoreSetup NextBooks = Books with { Tallies = [new AccountTallies { Version = 2 }] };
    private static readonly StoreSetup Older = new() { Projections = [], Entries = [new WordEntries()] };
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task Events_of_one_unit_add_to_one_row()
    {
        await using var books = await Fixture.SecondProcess(Books);
        await books.Appended(Some.Unit(_tenant, Some.Stream(AccountTallies.Stream), 0, Says("a+5 a+2"), Says("a-3 b+1")));
        Assert.Equal(["a 3 4", "b 1 1"], await Sums(books));
    }

    [Fact]
    public async Task Units_of_one_batch_and_of_the_next_add_to_one_row()
    {
        await using var books = await Fixture.SecondProcess(Books);
        await books.AppendAll(Enumerable.Range(1, 40).Select(n => Booking($"a+{n}")));
        await books.AppendAll(Enumerable.Range(1, 40).Select(n => Booking($"a-{n} b+1")));
        Assert.Equal(["a 80 0", "b 40 40"], await Sums(books));
    }

    [Fact]
    public async Task A_unit_that_comes_again_adds_nothing()
    {
        await using var books = await Fixture.SecondProcess(Books);
        var unit = Booking("a+5");
        await books.Appended(unit);
        Assert.True((await books.Appended(unit)).AlreadyThere);
        Assert.IsType<AppendResult.Conflict>(
            await books.Append(unit with { Streams = [Some.On(_tenant, unit.Streams[0].Stream, 0, Says("a+5"))] }));
        Assert.Equal(["a 1 5"], await Sums(books));
    }

    [Fact]
    public async Task A_gap_is_added_once_however_often_the_releases_take_turns()
    {
        await using var books = await Fixture.SecondProcess(Books);
        await using var older = await Fixture.SecondProcess(Older);
        for (var turn = 0; turn < 5; turn++)
        {
            await older.Appended(Booking("a+1 b-1"));
            await books.Appended(Booking("a+10"));
            await books.HasRows(_tenant, Books);
        }
    }

    [Fact]
    public async Task Two_versions_of_one_table_fold_it_anew_and_never_add_to_each_others_sums()
    {
        await using var books = await Fixture.SecondProcess(Books);
        await using var next = await Fixture.SecondProcess(NextBooks);
        for (var turn = 0; turn < 3; turn++)
        {
            await books.Appended(Booking("a+1"));
            await next.Appended(Booking("a+10 b+1"));
            await next.HasRows(_tenant, NextBooks);
        }
    }

    [Fact]
    public async Task A_rebuild_finds_the_sums_of_a_random_walk_and_the_walk_goes_on_from_them()
    {
        await using var books = await Fixture.SecondProcess(Books);
        var random = new Random(7);
        for (var round = 0; round < 4; round++)
        {
            await books.AppendAll(
                [.. Enumerable.Range(0, 30).Select(_ => Booking($"{(char)('a' + random.Next(6))}{random.Next(-99, 99):+0;-0;+0}"))]);
            await books.HasRows(_tenant, Books);
            await books.Database.Execute("update test_accounts set amount = 7 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
            await books.ReadModels.Rebuild("test_accounts", Cancel);
            await books.HasRows(_tenant, Books);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_rebuild_among_writers_misses_no_event_and_counts_none_twice(int read)
    {
        await using var books = await Fixture.SecondProcess(Books);
        await books.Appended(Some.Unit(
            _tenant, [.. Enumerable.Range(0, 250).Select(_ => Some.On(_tenant, Some.Stream(AccountTallies.Stream), 0, Says("a+1")))]));
        GatedReader? reader = null;
        await using var rebuilder =
            await Fixture.SecondProcess(Books with { Reader = inner => reader = new GatedReader(inner, _tenant, read) });
        var rebuilding = rebuilder.ReadModels.Rebuild("test_accounts", Cancel);
        await reader!.Reached.Within(TimeSpan.FromSeconds(30));
        var booking = books.Appended(Booking("a+1 b+1"));
        if (read == 1) await booking;
        reader.Open();
        await rebuilding.Within(TimeSpan.FromSeconds(30));
        await booking;
        await books.HasRows(_tenant, Books);
    }

    [Fact]
    public async Task Another_companys_sums_are_its_own()
    {
        await using var books = await Fixture.SecondProcess(Books);
        var other = Some.Tenant();
        await books.AppendAll([Booking("a+5"), Some.Unit(other, Some.Stream(AccountTallies.Stream), 0, Says("a+7"))]);
        await books.ReadModels.Rebuild(null, Cancel);
        await books.HasRows(other, Books);
        Assert.Equal(["a 1 5"], await Sums(books));
    }

    [Theory]
    [InlineData("a+9223372036854775807")]
    [InlineData("b+9223372036854775807 b+1")]
    public async Task A_sum_that_is_too_large_refuses_its_unit_alone(string booking)
    {
        await using var books = await Fixture.SecondProcess(Books);
        await books.Appended(Booking("a+5"));
        var refused = Assert.ThrowsAsync<UnitRejectedException>(() => books.Append(Booking(booking)));
        await books.AppendAll([Booking("c+1"), Booking("d+1")]);
        await refused;
        Assert.Equal(["a 1 5", "c 1 1", "d 1 1"], await Sums(books));
        await books.HasRows(_tenant, Books);
    }

    private AppendUnit Booking(string text) => Some.Unit(_tenant, Some.Stream(AccountTallies.Stream), 0, Says(text));

    private static EventData Says(string text) => Some.Event(Some.Bytes(text));

    private async Task<IReadOnlyList<string>> Sums(StoreUnderTest store) =>
        [.. (await store.Rows(new AccountTallies().Table, _tenant)).Select(row => $"{row[1]} {row[3]} {row[4]}")
            .Order(StringComparer.Ordinal)];
}
