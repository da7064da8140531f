using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Several rows per stream that change and go, whoever appended the events and however they were batched.</summary>
public abstract class PartTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup Checks = new() { Projections = [], Entries = [], Parts = [new PointParts()] };
    private static readonly StoreSetup Blind = Checks with { Parts = [new PointParts { ReadsRows = false }] };
    private static readonly StoreSetup Next = Checks with { Parts = [new PointParts { Version = 2 }] };
    private static readonly StoreSetup Older = new() { Projections = [], Entries = [new WordEntries()] };
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _check = Some.Stream(PointParts.Stream);
    private int _version;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_come_change_and_go_with_the_events_of_a_stream(bool reads)
    {
        await using var checks = await Fixture.SecondProcess(reads ? Checks : Blind);
        await Says(checks, "a=1 b=2", "c=3");
        Assert.Equal(["a 1", "b 2", "c 3"], await Points(checks));
        await Says(checks, "a=5", "-b");
        Assert.Equal(["a 5", "c 3"], await Points(checks));
        await Says(checks, "-nothing");
        await Says(checks, "d=4", "*", "e=7 -e f=8");
        Assert.Equal(["f 8"], await Points(checks));
        await Says(checks, "*");
        Assert.Empty(await Points(checks));
    }

    [Fact]
    public async Task An_event_sees_the_rows_of_all_events_before_it()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, "a+1", "a+1 b+1");
        await Says(checks, "a+1 a+1", "a+1", "-b", "b+7");
        Assert.Equal(["a 5", "b 7"], await Points(checks));
        await Says(checks, "*", "a+2");
        Assert.Equal(["a 2"], await Points(checks));
    }

    [Fact]
    public async Task Streams_of_one_batch_have_rows_of_their_own()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        var streams = Enumerable.Range(0, 40).Select(_ => Some.Stream(PointParts.Stream)).ToList();
        await checks.AppendAll(streams.Select(s => Some.Unit(_tenant, s, 0, Event("a=1 b=2"))));
        await checks.AppendAll(streams.Select((s, i) => Some.Unit(_tenant, s, 1, Event(i % 2 == 0 ? "a+1" : "*"))));
        await checks.HasRows(_tenant, Checks);
        Assert.Equal(40, (await checks.Rows(new PointParts().Table, _tenant)).Count);
    }

    [Fact]
    public async Task A_row_may_take_what_a_row_that_goes_had_to_itself()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, "b=1001");
        await Says(checks, "a=1001 -b");
        await Says(checks, "* c=1001");
        Assert.Equal(["c 1001"], await Points(checks));
    }

    [Fact]
    public async Task Rows_may_pass_on_what_one_had_to_itself_in_one_unit_and_swap_it()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, "a=1001 b=1002");
        await Says(checks, "b=7", "a=5", "b=1001");
        Assert.Equal(["a 5", "b 1001"], await Points(checks));
        await Says(checks, "a=1002");
        await Says(checks, "a=1001 b=1002");
        Assert.Equal(["a 1001", "b 1002"], await Points(checks));
    }

    [Fact]
    public async Task A_value_that_another_row_has_to_itself_refuses_the_unit_alone()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, "a=1001");
        var before = Enumerable.Range(0, 20).Select(_ => Some.Unit(_tenant, Some.Stream(PointParts.Stream), 0, Event("a+1")));
        var after = Enumerable.Range(0, 20).Select(_ => Some.Unit(_tenant, Some.Stream(PointParts.Stream), 0, Event("a+1")));
        var mates = Task.WhenAll(before.Select(unit => checks.Append(unit)).ToList());
        var refused = Assert.ThrowsAsync<UnitRejectedException>(() => checks.Append(Some.Unit(_tenant, _check, _version, Event("b=1001"))));
        await checks.AppendAll(after);
        await refused;
        Assert.All(await mates, result => Assert.IsType<AppendResult.Appended>(result));
        await Says(checks, "b=2");
        await checks.HasRows(_tenant, Checks);
    }

    [Fact]
    public async Task Units_of_one_stream_see_each_others_rows_however_they_are_batched()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, "z=1");
        // Sent one after the other without waiting: those that come while the first is on its way share a batch.
        var units = Enumerable.Range(1, 4)
            .Select(n => Some.Unit(_tenant, _check, n, Event(n switch { 1 => "a+1 b+1", 2 => "*", 3 => "a+5", _ => "a+5 -z" })));
        Assert.All(
            await Task.WhenAll(units.Select(unit => checks.Append(unit)).ToList()), result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(["a 10"], await Points(checks));
        await checks.HasRows(_tenant, Checks);
    }

    [Fact]
    public async Task Rows_of_a_person_know_nothing_of_it_once_it_is_erased()
    {
        var id = Store.Database.Kind == DatabaseKind.Postgres ? "uuid" : "text";
        await Store.Database.Execute(
            $"create table if not exists test_kin (tenant {id}, id {id}, place integer, name text, primary key (tenant, id, place))",
            Cancel);
        await using var process = await Fixture.SecondProcess(Checks with { Parts = [new KinParts()] });
        var people = new People(process);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var told = await people.Mentioned(ola, "Ola");
        await people.Mentioned(kari, "Kari", told, 1);

        await people.Erased(ola);
        process.Persons.Forget();
        foreach (var stream in await process.Traces.Streams(people.Tenant, ola, Cancel))
            await process.Traces.Refold(people.Tenant, stream, Cancel);

        var names = (await process.Rows(new KinParts().Table, people.Tenant)).Where(r => r[3] is string and not "")
            .Select(r => ((Guid)r[1]!, (string)r[3]!));
        Assert.Equal(new[] { (kari, "Kari"), (told.Id, "Kari") }.Order(), names.Order());
    }

    [Fact]
    public async Task A_unit_that_comes_again_changes_nothing()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        var unit = Some.Unit(_tenant, _check, 0, Event("a+1"));
        await checks.Appended(unit);
        Assert.True((await checks.Appended(unit)).AlreadyThere);
        Assert.Equal(["a 1"], await Points(checks));
    }

    [Fact]
    public async Task A_change_of_another_streams_rows_or_with_cells_of_another_type_refuses_the_unit()
    {
        var (tenant, id) = (_tenant.Value, Guid.NewGuid());
        PartChange[] wrong =
        [
            PartChange.Put(tenant, id, "a", 1L, null), PartChange.Remove(tenant, id, "a"),
            PartChange.Put(Guid.NewGuid(), _check.Id, "a", 1L, null),
            PartChange.Put(tenant, _check.Id, "a"), PartChange.Remove(), PartChange.Put(tenant, _check.Id, null, 1L, null),
            PartChange.Remove(tenant, _check.Id, null),
            PartChange.Put(tenant, _check.Id, "a", 1, null), PartChange.Put(tenant, _check.Id, 'a', 1L, null),
            PartChange.Put(tenant, _check.Id, "a", "Kari", null),
        ];
        foreach (var stray in wrong)
        {
            await using var checks = await Fixture.SecondProcess(Checks with { Parts = [new StrayParts(stray)] });
            var refused = await Assert.ThrowsAsync<UnitRejectedException>(() => checks.Append(Some.Unit(_tenant, _check, 0, Event("a=1"))));
            Assert.DoesNotContain("Kari", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_gap_is_made_up_for_however_often_the_releases_take_turns(bool reads)
    {
        var setup = reads ? Checks : Blind;
        await using var checks = await Fixture.SecondProcess(setup);
        await using var older = await Fixture.SecondProcess(Older);
        for (var turn = 0; turn < 4; turn++)
        {
            await Says(older, reads ? $"a+1 b+{turn} x{turn}=1" : $"a=1 b={turn} x{turn}=1", turn % 2 == 0 ? "-a" : "*");
            await Says(checks, reads ? "b+10" : "b=10");
            await checks.HasRows(_tenant, setup);
        }
    }

    [Fact]
    public async Task Two_versions_of_one_table_never_go_on_from_each_others_rows()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await using var next = await Fixture.SecondProcess(Next);
        for (var turn = 0; turn < 3; turn++)
        {
            await Says(checks, $"a+1 b+1 x{turn}=1");
            await Says(next, "a+10 -b");
            await next.HasRows(_tenant, Next);
        }
    }

    [Fact]
    public async Task A_rebuild_finds_the_rows_of_a_random_walk_and_the_walk_goes_on_from_them()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        var random = new Random(7);
        var streams = Enumerable.Range(0, 5).Select(_ => Some.Stream(PointParts.Stream)).ToList();
        var versions = new int[streams.Count];
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                var at = random.Next(streams.Count);
                await checks.Appended(Some.Unit(_tenant, streams[at], versions[at]++, Event(Word(random))));
            }

            await checks.HasRows(_tenant, Checks);
            await Spoil(checks, streams[round].Id);
            await checks.LacksRows(_tenant, Checks);
            await checks.ReadModels.Rebuild("test_points", Cancel);
            await checks.HasRows(_tenant, Checks);
        }
    }

    [Fact]
    public async Task A_rebuild_writes_the_rows_of_a_stream_that_has_thousands()
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, string.Join(' ', Enumerable.Range(0, 2500).Select(n => $"p{n}=1")));
        await checks.Database.Execute("delete from test_points where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        await checks.ReadModels.Rebuild("test_points", Cancel);
        await checks.HasRows(_tenant, Checks);
        await Says(checks, "*");
        Assert.Empty(await Points(checks));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_rebuild_among_writers_misses_no_event(int read)
    {
        await using var checks = await Fixture.SecondProcess(Checks);
        await Says(checks, "a=1 b=2");
        GatedReader? reader = null;
        await using var rebuilder =
            await Fixture.SecondProcess(Checks with { Reader = inner => reader = new GatedReader(inner, _tenant, read) });
        var rebuilding = rebuilder.ReadModels.Rebuild("test_points", Cancel);
        await reader!.Reached.Within(TimeSpan.FromSeconds(30));
        var change = Says(checks, "a+1 -b c=3");
        if (read == 1) await change;
        reader.Open();
        await rebuilding.Within(TimeSpan.FromSeconds(30));
        await change;
        await checks.HasRows(_tenant, Checks);
    }

    private async Task Says(StoreUnderTest store, params string[] texts)
    {
        await store.Appended(Some.Unit(_tenant, _check, _version, [.. texts.Select(Event)]));
        _version += texts.Length;
    }

    private static EventData Event(string text) => Some.Event(Some.Bytes(text));

    private static string Word(Random random) => random.Next(10) switch
    {
        0 => "*",
        1 or 2 => $"-{Point(random)}",
        < 6 => $"{Point(random)}={random.Next(100)}",
        _ => $"{Point(random)}+{random.Next(100)} {Point(random)}+1",
    };

    private static char Point(Random random) => (char)('a' + random.Next(6));

    // A row that is wrong, and one that no event tells of.
    private async Task Spoil(StoreUnderTest store, Guid stream)
    {
        await store.Database.Execute("update test_points set value = 777 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
        await store.Database.Execute("insert into test_points (tenant, id, point, value, day) values (@tenant, @id, 'stray', 1, 1)", Cancel,
            ("tenant", _tenant.Value), ("id", stream));
    }

    private async Task<IReadOnlyList<string>> Points(StoreUnderTest store) =>
        [.. (await store.Rows(new PointParts().Table, _tenant)).Select(row => $"{row[2]} {row[3]}").Order(StringComparer.Ordinal)];
}
