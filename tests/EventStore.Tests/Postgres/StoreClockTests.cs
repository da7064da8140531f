using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Tms.EventStore.Lanes;
using Tms.EventStore.Postgres;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A process whose clock is far from the database's says so, and is kept from writing.</summary>
public sealed class StoreClockTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly WrongClock _time = new();
    private readonly WriterHealth _health = new();
    private readonly HeardLog _heard = new();
    private readonly StoreClock _clock;

    public StoreClockTests() =>
        _clock = new(new(), _time, _health, _services.GetRequiredService<IMeterFactory>(), _heard.For<StoreClock>());

    [Theory]
    [InlineData(0)]
    [InlineData(-9)]
    [InlineData(9)]
    public async Task A_clock_that_differs_by_some_seconds_may_write(int seconds)
    {
        Assert.Null(await Compare(seconds));
        Assert.Null(_health.Trouble);
    }

    [Theory]
    [InlineData(
        86_400, "The clock of this process is 86400 s ahead of the database's; appends are refused until they differ by 10 s at most.")]
    [InlineData(-3600, "The clock of this process is 3600 s behind the database's; appends are refused until they differ by 10 s at most.")]
    public async Task One_that_differs_by_more_is_told_in_a_sentence(int seconds, string sentence)
    {
        Assert.Equal(sentence, await Compare(seconds));
        Assert.Equal((sentence, sentence), (_health.Trouble, _clock.Refusal));
    }

    [Fact]
    public async Task It_is_told_once_and_so_is_that_it_is_mended()
    {
        foreach (var seconds in (int[])[60, 61, 0, 0]) await Compare(seconds);
        Assert.Null(_health.Trouble);
        Assert.Equal((1, 1), (_heard.Count("Error: The clock"), _heard.Count("Information: The clock of this process agrees")));
    }

    [Fact]
    public async Task A_slow_answer_is_no_difference() =>
        Assert.Null(await _clock.Compare(() =>
        {
            var answered = _time.GetUtcNow() + TimeSpan.FromSeconds(20);
            _time.Ahead += TimeSpan.FromSeconds(40);
            return Task.FromResult(answered);
        }));

    [Fact]
    public void A_clock_that_was_set_since_is_noticed_without_a_question()
    {
        var mark = _clock.Mark();
        Assert.False(_clock.Jumped(mark));
        _time.Ahead = TimeSpan.FromSeconds(-11);
        Assert.True(_clock.Jumped(mark));
        Assert.False(_clock.Jumped(_clock.Mark()));
    }

    public void Dispose()
    {
        _clock.Dispose();
        _services.Dispose();
    }

    private Task<string?> Compare(int secondsAhead)
    {
        var now = _time.GetUtcNow();
        return _clock.Compare(() => Task.FromResult(now.AddSeconds(-secondsAhead)));
    }
}
