using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class ReactorCursorTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _reactor = $"reactor-{Guid.CreateVersion7()}";
    private readonly TenantId _tenant = Some.Tenant();

    private IReactorCursors Cursors => Store.Cursors;

    [Fact]
    public async Task A_reactor_that_never_ran_starts_at_the_start() => Assert.Equal(0, await Cursor());

    [Fact]
    public async Task A_cursor_is_found_after_a_restart()
    {
        await Save(5);
        await Fixture.Restart();
        Assert.Equal(5, await Cursor());
    }

    [Fact]
    public async Task A_cursor_never_moves_back()
    {
        await Save(5);
        await Save(3);
        Assert.Equal(5, await Cursor());
        await Save(6);
        Assert.Equal(6, await Cursor());
    }

    [Fact]
    public async Task A_place_that_the_log_does_not_have_moves_no_cursor()
    {
        var move = await Move([_reactor], _tenant, 3);
        await Cursors.Save(move with { To = move.To with { Mark = ~move.To.Mark } }, Cancel);
        await Cursors.Save(move with { To = move.To with { Sequence = new(4) } }, Cancel);
        await Cursors.Save(move with { Cursors = [_reactor, $"{_reactor}-2"], To = move.To with { Sequence = new(2) } }, Cancel);
        await Cursors.AddDeadLetter(Letter(4), move with { To = move.To with { Sequence = new(4) } }, Cancel);
        Assert.Equal(0, await Cursor());
        Assert.Single(await Cursors.DeadLetters(_tenant, null, 10, Cancel));
        await Cursors.Save(move, Cancel);
        Assert.Equal(3, await Cursor());
    }

    [Fact]
    public async Task Cursors_of_other_tenants_and_reactors_stay_where_they_are()
    {
        var other = Some.Tenant();
        await Save(5);
        await Save([_reactor], other, 9);
        await Save([$"{_reactor}-2"], _tenant, 8);
        Assert.Equal(
            (5, 9, 8),
            (
                await Cursor(), (await Cursors.Load(_reactor, other, Cancel)).Value,
                (await Cursors.Load($"{_reactor}-2", _tenant, Cancel)).Value));
    }

    [Fact]
    public async Task A_cursor_moves_with_the_unit_that_is_its_effect()
    {
        var unit = Some.Unit(_tenant, Some.Stream()) with { Cursor = new(_reactor, _tenant, new(4)) };
        await Store.Appended(unit);
        Assert.Equal(4, await Cursor());
        Assert.IsType<AppendResult.Conflict>(
            await Store.Append(Some.Unit(_tenant, unit.Streams[0].Stream) with { Cursor = new(_reactor, _tenant, new(7)) }));
        Assert.Equal(4, await Cursor());
        await Store.Appended(Some.Unit(_tenant, Some.Stream()) with { Cursor = new(_reactor, _tenant, new(2)) });
        Assert.Equal(4, await Cursor());
    }

    [Fact]
    public async Task A_tenant_is_to_be_rung_while_a_letter_is_to_be_retried()
    {
        var letter = Letter(1);
        await Add(letter, Cancel);
        Assert.Empty(await Cursors.Retrying(_reactor, 10, Cancel));
        await Cursors.RetryDeadLetter(letter.Key, Cancel);
        Assert.Equal([_tenant], await Cursors.Retrying(_reactor, 10, Cancel));
        await Cursors.RemoveDeadLetter(letter.Key, Cancel);
        Assert.Empty(await Cursors.Retrying(_reactor, 10, Cancel));
    }

    [Fact]
    public async Task Sets_of_types_come_back_whole_and_keep_their_first_starts()
    {
        var first = ReactorSet.Of(_reactor, [("ORDER_CHANGED", 2)]);
        var second = ReactorSet.Of(_reactor, [("ORDER_CHANGED", 2), ("ORDER_LOST", 1)]);
        await Cursors.Register(StartAt(first, 7), Begins(5), Cancel);
        await Cursors.Register(StartAt(first, 9), Begins(6), Cancel);
        await Cursors.Register(StartAt(second, 8), Begins(8), Cancel);
        var sets = (await Cursors.Sets(_reactor, Cancel)).ToDictionary(s => s.Cursor);
        Assert.Equal(2, sets.Count);
        Assert.Equal([new("ORDER_CHANGED", new ReactorType(2, new(7)))], sets[first.Cursor].Types);
        Assert.Equal(
            new Dictionary<string, ReactorType> { ["ORDER_CHANGED"] = new(2, new(8)), ["ORDER_LOST"] = new(1, new(8)) },
            sets[second.Cursor].Types);
        Assert.Empty(await Cursors.Sets($"{_reactor}-2", Cancel));
        // The sweep of a set that two note begins where the first one said: behind what the second one has seen since.
        Assert.Equal(Begins(5), await Store.Checkpoints.LoadAll(first.Cursor, Cancel));
        Assert.Equal(Begins(8), await Store.Checkpoints.LoadAll(second.Cursor, Cancel));
    }

    [Fact]
    public async Task Cursors_that_move_together_move_with_a_dead_letter_too()
    {
        string[] names = [_reactor, $"{_reactor}-covered"];
        await Save(names, _tenant, 2);
        await Cursors.AddDeadLetter(Letter(5), await Move(names, _tenant, 5), Cancel);
        foreach (var name in names) Assert.Equal(5, (await Cursors.Load(name, _tenant, Cancel)).Value);
    }

    [Fact]
    public async Task Cursors_of_the_first_release_stand_for_the_types_that_it_mailed() => Assert.Equal(
        ["USER_EMAIL_CHANGED", "USER_EMAIL_CHANGE_REQUESTED", "USER_INVITED", "USER_PASSWORD_CHANGED", "USER_PASSWORD_RESET_REQUESTED"],
        Assert.Single(await Cursors.Sets("mail", Cancel)).Types.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_dead_letter_moves_the_cursor_to_its_event_and_comes_back_whole()
    {
        var letter = Letter(3, "System.Exception: blåbær");
        await Add(letter, Cancel);
        Assert.Equal(3, await Cursor());
        Assert.Equal(letter, Assert.Single(await Cursors.DeadLetters(_tenant, null, 10, Cancel)));
    }

    [Fact]
    public async Task A_dead_letter_from_before_the_cursor_leaves_it_there()
    {
        await Save(9);
        await Add(Letter(3), Cancel);
        Assert.Equal(9, await Cursor());
    }

    [Fact]
    public async Task A_letter_with_the_same_key_replaces_the_first_and_ends_its_retry()
    {
        await Add(Letter(3), Cancel);
        Assert.True(await Cursors.RetryDeadLetter(Letter(3).Key, Cancel));
        var again = Letter(3, "failed again") with { Attempts = 17 };
        await Add(again, Cancel);
        Assert.Equal(again, Assert.Single(await Cursors.DeadLetters(_tenant, null, 10, Cancel)));
        Assert.Empty(await Cursors.Retries(_reactor, _tenant, Cancel));
    }

    [Fact]
    public async Task An_error_is_cut_to_what_is_kept()
    {
        await Add(Letter(3, new string('x', DeadLetter.MaxError + 1)), Cancel);
        Assert.Equal(DeadLetter.MaxError, Assert.Single(await Cursors.DeadLetters(_tenant, null, 10, Cancel)).Error.Length);
    }

    [Fact]
    public async Task Retries_are_the_letters_that_somebody_asked_for_oldest_first()
    {
        foreach (var sequence in (int[])[4, 2, 3]) await Add(Letter(sequence), Cancel);
        Assert.True(await Cursors.RetryDeadLetter(Letter(4).Key, Cancel));
        Assert.True(await Cursors.RetryDeadLetter(Letter(2).Key, Cancel));
        Assert.False(await Cursors.RetryDeadLetter(Letter(5).Key, Cancel));
        Assert.Equal([2, 4], (await Cursors.Retries(_reactor, _tenant, Cancel)).Select(l => l.Key.Sequence.Value));
        Assert.Empty(await Cursors.Retries(_reactor, Some.Tenant(), Cancel));
    }

    [Fact]
    public async Task A_letter_is_found_by_an_id_that_is_its_reactor_s_own()
    {
        var letter = Letter(3);
        var other = letter with { Key = letter.Key with { Reactor = $"{_reactor}-other" } };
        await Add(letter, Cancel);
        await Add(other, Cancel);
        Assert.Equal((letter, other), (await Cursors.FindDeadLetter(letter.Id, Cancel), await Cursors.FindDeadLetter(other.Id, Cancel)));
        Assert.NotEqual(letter.Id, other.Id);
        Assert.Equal(letter.EventId.Version, letter.Id.Version);
        Assert.Null(await Cursors.FindDeadLetter(Guid.CreateVersion7(), Cancel));
        Assert.Equal(2, await Cursors.CountDeadLetters(_tenant, Cancel));
        Assert.True(await Cursors.CountDeadLetters(null, Cancel) >= 2);
    }

    [Fact]
    public async Task A_removed_letter_is_gone_and_only_once()
    {
        await Add(Letter(3), Cancel);
        Assert.True(await Cursors.RemoveDeadLetter(Letter(3).Key, Cancel));
        Assert.False(await Cursors.RemoveDeadLetter(Letter(3).Key, Cancel));
        Assert.Empty(await Cursors.DeadLetters(_tenant, null, 10, Cancel));
        Assert.Equal(3, await Cursor());
    }

    [Fact]
    public async Task Letters_are_paged_in_the_order_of_their_keys()
    {
        DeadLetter[] letters = [.. from name in (string[])[
            "a", "B",
            "æ"] from sequence in (long[])[
                1, 2, 10] select Letter(sequence) with { Key = new($"{_reactor}{name}", _tenant, new(sequence)) }];
        foreach (var letter in letters.Reverse()) await Add(letter, Cancel);
        List<DeadLetter> read = [];
        for (IReadOnlyList<DeadLetter> page = await Page(null); page.Count > 0; page = await Page(page[^1].Key)) read.AddRange(page);
        Assert.Equal(letters.OrderBy(l => l.Key.Reactor, StringComparer.Ordinal).ThenBy(l => l.Key.Sequence.Value), read);

        Task<IReadOnlyList<DeadLetter>> Page(DeadLetterKey? after) => Cursors.DeadLetters(_tenant, after, 2, Cancel);
    }

    [Fact]
    public async Task Everybodys_letters_are_paged_without_loss_over_tenants()
    {
        TenantId[] tenants = [.. Enumerable.Range(0, 5).Select(_ => Some.Tenant())];
        foreach (var tenant in tenants) await Add(Letter(1) with { Key = new(_reactor, tenant, new(1)) }, Cancel);
        List<TenantId> read = [];
        DeadLetterKey? after = new(_reactor, new(Guid.Empty), new(0));
        while (await Cursors.DeadLetters(null, after, 2, Cancel) is { Count: > 0 } page)
        {
            read.AddRange(page.Where(l => l.Key.Reactor == _reactor).Select(l => l.Key.Tenant));
            after = page[^1].Key;
        }

        Assert.Equal(tenants.Order(Comparer<TenantId>.Create((a, b) => string.CompareOrdinal($"{a}", $"{b}"))), read);
    }

    [Fact]
    public async Task Of_many_savers_at_once_the_furthest_stays()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        await Move([_reactor], _tenant, 40);
        var moves = (await Store.Company(_tenant)).Select(e => new CursorMove([_reactor], _tenant, LogPoint.After(e)));
        await Task.WhenAll(moves.Select((move, n) => Task.Run(() => both[n % 2].Cursors.Save(move, Cancel)))).Within(Limit);
        Assert.Equal(40, await Cursor());
    }

    private Task Save(long sequence) => Save([_reactor], _tenant, sequence);

    private async Task Save(string[] cursors, TenantId tenant, long sequence) =>
        await Cursors.Save(await Move(cursors, tenant, sequence), Cancel).Within(Limit);

    private async Task Add(DeadLetter letter, CancellationToken cancel) =>
        await Cursors.AddDeadLetter(letter, await Move([letter.Key.Reactor], letter.Key.Tenant, letter.Key.Sequence.Value), cancel);

    /// <summary>A move to an event of the log, which gets as many as are missing.</summary>
    private async Task<CursorMove> Move(string[] cursors, TenantId tenant, long sequence)
    {
        var missing = sequence - (await Store.Head(tenant)).Sequence.Value;
        if (missing > 0) await Store.Appended(Some.Unit(tenant, Some.Stream(), 0, Some.Events((int)missing)));
        return new(cursors, tenant, LogPoint.After((await Store.Company(tenant, sequence - 1, 1))[0]));
    }

    private static Dictionary<int, GlobalPosition> Begins(long position) => new() { [3] = new(position) };

    private static ReactorSet StartAt(ReactorSet set, long position) =>
        set with { Types = set.Types.ToDictionary(t => t.Key, t => t.Value with { Start = new(position) }) };

    private async Task<long> Cursor() => (await Cursors.Load(_reactor, _tenant, Cancel).Within(Limit)).Value;

    private DeadLetter Letter(long sequence, string error = "System.Exception: no") =>
        new(
            new(_reactor, _tenant, new(sequence)), new Guid((int)sequence, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]), "ORDER_CHANGED", 5, error,
            1_700_000_000_000_001);
}
