using Tms.EventStore;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Reactors;

public sealed class ReactorTests
{
    private readonly World _world = new();
    private readonly TenantId _company = World.Company();
    private readonly Probe _probe = new("probe", "A", "B");

    public ReactorTests() => _world.Reactors.Add(_probe);

    [Fact]
    public async Task A_reactor_handles_its_events_in_order_for_its_tenant()
    {
        await using var cluster = await _world.Start();

        _world.Log.Append(_company, "A", "C", "B", "A");
        await _probe.Handled.Reaches(3);

        Assert.Equal([1, 3, 4], _probe.Of(_company));
        Assert.All(_probe.Callers, caller => Assert.Equal(_company.Value, caller));
    }

    [Fact]
    public async Task A_handler_that_keeps_failing_ends_as_a_dead_letter_and_the_rest_goes_on()
    {
        var other = new Probe("other", "A");
        _world.Reactors.Add(other);
        _probe.Fails = e => e.Sequence == 2;
        await using var cluster = await _world.Start();

        _world.Log.Append(_company, "A", "A", "A");
        await _probe.Handled.Reaches(2);
        await other.Handled.Reaches(3);

        var letter = Assert.Single(await _world.Cursors.DeadLetters(_company, null, 10, TestContext.Current.CancellationToken));
        Assert.Equal((2L, 5, "InvalidOperationException: It fails."), (letter.Key.Sequence.Value, letter.Attempts, letter.Error));
        Assert.Equal(5, _probe.Failures.Count);
        Assert.Equal([1, 3], _probe.Of(_company));
    }

    [Fact]
    public async Task A_handler_that_succeeds_at_last_is_told_of_as_its_first_failure_was()
    {
        _probe.Fails = _ => _probe.Failures.Count < 3;
        await using var cluster = await _world.Start();

        _world.Log.Append(_company, "A", "A");
        await _probe.Handled.Reaches(2);

        Assert.Equal(
            (1, 1), (_world.Heard.Count("Warning: Reactor probe failed at A"), _world.Heard.Count("after 3 attempts that failed")));
    }

    [Fact]
    public async Task A_sweep_that_fails_is_told_of_once_and_once_more_when_it_works()
    {
        _world.Patience = o => o.SweepPeriod = TimeSpan.FromMilliseconds(100);
        _world.Cursors.Down = true;
        await using var cluster = await _world.Start();
        await _world.Cursors.Sweeps.Reaches(4);

        _world.Cursors.Down = false;
        await _world.Heard.Says("Information: Lost rings of reactors are looked for again");
        await _world.Cursors.Sweeps.Reaches(_world.Cursors.Sweeps.Count + 2);

        Assert.Equal(
            (1, 1), (_world.Heard.Count("Warning: Lost rings of reactors cannot be looked for"), _world.Heard.Count("looked for again")));
    }

    [Fact]
    public async Task A_silo_sweeps_when_it_has_the_turn_and_not_before()
    {
        _world.Patience = o => o.SweepPeriod = TimeSpan.FromMilliseconds(20);
        _world.Turns.Held = false;
        await using var cluster = await _world.Start();
        await _world.Turns.Asked.Reaches(3);
        Assert.Equal(0, _world.Cursors.Sweeps.Count);

        _world.Turns.Held = true;
        await _world.Cursors.Sweeps.Reaches(1);
    }

    [Fact]
    public async Task Rings_do_not_shorten_the_pause_after_a_failure()
    {
        _world.Patience = o => (o.FirstBackOff, o.LongestBackOff) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _probe.Fails = _ => true;
        await using var cluster = await _world.Start();
        _world.Log.Append(_company, "A");
        await _probe.Failures.Reaches(1);

        for (var i = 0; i < 20; i++) _world.Log.Append(_company, "A");
        await _world.Deliveries.Distinct.Reaches(21);
        for (var i = 0; i < 20; i++) await World.Reactor(cluster, _company, "probe").Ring(100 + i);
        await World.Reactor(cluster, _company, "probe").Ring(0);

        Assert.Equal(1, _probe.Failures.Count);
    }

    [Fact]
    public async Task A_dead_letter_that_somebody_retries_is_handled_and_gone()
    {
        _probe.Fails = _ => true;
        await using var cluster = await _world.Start();
        _world.Log.Append(_company, "A");
        await _world.Cursors.Letters.Reaches(1);

        _probe.Fails = _ => false;
        await _world.Cursors.RetryDeadLetter(
            new DeadLetterKey("probe", _company, new CompanySequence(1)), TestContext.Current.CancellationToken);
        await World.Reactor(cluster, _company, "probe").Ring(0);

        await _world.Cursors.Removed.Reaches(1);
        Assert.Equal([1L], _probe.Of(_company));
    }

    [Fact]
    public async Task A_new_event_waits_for_some_of_the_letters_that_are_tried_again_and_not_for_all()
    {
        _probe.Fails = _ => true;
        await using var cluster = await _world.Start();
        _world.Log.Append(_company, [.. Enumerable.Repeat("A", 25)]);
        await _world.Cursors.Letters.Reaches(25);
        for (var n = 1; n <= 25; n++)
            await _world.Cursors.RetryDeadLetter(new("probe", _company, new(n)), TestContext.Current.CancellationToken);

        _probe.Fails = e =>
        {
            if (e.Sequence == 1) _world.Log.Append(_company, "A");
            return false;
        };
        await World.Reactor(cluster, _company, "probe").Ring(0);

        await _world.Cursors.Removed.Reaches(25);
        Assert.Equal([.. Enumerable.Range(1, 10), 26, .. Enumerable.Range(11, 15)], _probe.Of(_company).Select(sequence => (int)sequence));
    }

    [Fact]
    public async Task A_letter_whose_event_is_gone_stays_and_holds_nothing_up()
    {
        await using var cluster = await _world.Start();
        var gone = new DeadLetter(new("probe", _company, new(1)), Guid.CreateVersion7(), "A", 5, "It failed.", 1);
        await _world.Cursors.AddDeadLetter(gone, null, TestContext.Current.CancellationToken);
        await _world.Cursors.RetryDeadLetter(gone.Key, TestContext.Current.CancellationToken);
        _world.Log.Append(_company, "A", "A");
        await _probe.Handled.Reaches(2);
        await World.Reactor(cluster, _company, "probe").Ring(0);
        await _world.Cursors.Letters.Reaches(2);

        var letter = Assert.Single(await _world.Cursors.DeadLetters(_company, null, 10, TestContext.Current.CancellationToken));
        Assert.Equal((gone.EventId, "The event is not in the log."), (letter.EventId, letter.Error));
        Assert.Empty(await _world.Cursors.Retries("probe", _company, TestContext.Current.CancellationToken));
        Assert.Equal([1, 2], _probe.Of(_company));
    }

    [Fact]
    public async Task A_store_that_is_away_counts_against_no_event()
    {
        _probe.Breaks = _ => new StoreUnavailableException("away");
        await using var cluster = await _world.Start();
        _world.Log.Append(_company, "A");
        await _probe.Failures.Reaches(12);

        _probe.Breaks = null;
        await _probe.Handled.Reaches(1);

        Assert.Equal(0, _world.Cursors.Letters.Count);
    }

    [Fact]
    public async Task Events_whose_ring_was_lost_are_handled_with_the_next_one()
    {
        await using var cluster = await _world.Start();
        _world.Log.Deaf = true;
        _world.Log.Append(_company, "A", "A");

        await World.Reactor(cluster, _company, "probe").Ring(2);

        await _probe.Handled.Reaches(2);
        Assert.Equal([1, 2], _probe.Of(_company));
    }

    [Fact]
    public async Task A_sweep_finds_what_no_ring_told_of()
    {
        _world.Patience = o => o.SweepPeriod = TimeSpan.FromMilliseconds(100);
        await using var cluster = await _world.Start();
        _world.Log.Deaf = true;
        _world.Log.Append(_company, "A", "C", "B");

        await _probe.Handled.Reaches(2);
        Assert.Equal([1, 3], _probe.Of(_company));
    }

    [Fact]
    public async Task A_reactor_goes_on_at_its_cursor_after_a_restart()
    {
        await using (await _world.Start())
        {
            _world.Log.Append(_company, "A", "A", "A");
            await _probe.Handled.Reaches(3);
            await _world.Cursors.Saves.Reaches(1);
        }

        Assert.Equal(3, _world.Cursors.Of("probe", _company).Value);
        _world.Log.Append(_company, "A");
        await using var next = await _world.Start();
        await _probe.Handled.Reaches(4);

        Assert.Equal([1, 2, 3, 4], _probe.Of(_company));
    }
}
