using Microsoft.Extensions.Time.Testing;
using Tms.Grains.Hosting;
using Tms.Testing.Logging;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

public sealed class StandstillTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly HeardLog _heard = new();
    private readonly Standstill _still;

    public StandstillTests() => _still = new(_time, _heard.For<Standstill>());

    public void Dispose() => _still.Dispose();

    [Fact]
    public void A_process_that_runs_is_in_no_doubt()
    {
        for (var second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(_still.IsDoubtful);
        }
    }

    [Fact]
    public void A_machine_that_was_suspended_is_seen_by_the_clock_that_is_set_right_afterwards()
    {
        var time = new Suspended();
        using var still = new Standstill(time, _heard.For<Standstill>());

        time.Slept = TimeSpan.FromSeconds(20);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(still.IsDoubtful);
    }

    [Fact]
    public void After_a_standstill_a_process_is_in_doubt_for_half_a_minute()
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        for (var second = 0; second < 29; second++)
        {
            Assert.True(_still.IsDoubtful);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_still.IsDoubtful);
    }

    /// <summary>Its timestamps do not count the time that the machine slept.</summary>
    private sealed class Suspended : FakeTimeProvider
    {
        public TimeSpan Slept { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Slept;
    }
}
