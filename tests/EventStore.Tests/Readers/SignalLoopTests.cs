using Tms.EventStore.Readers;
using Tms.Testing;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Readers;

public sealed class SignalLoopTests : IDisposable
{
    private readonly HeardLog _log = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SignalLoop _loop;
    private int _rounds;

    public SignalLoopTests() => _loop = new("do it", TimeProvider.System, _log.For<SignalLoopTests>());

    public void Dispose()
    {
        _log.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Work_that_fails_is_told_of_once_and_once_more_when_it_is_well()
    {
        await _loop.Run(FailsTwice, _stop.Token).Within(TimeSpan.FromSeconds(30));
        Assert.Equal(5, _rounds);
        Assert.Equal(
            (1, 1), (_log.Count("Warning: Cannot do it; trying again"), _log.Count("Information: Can do it again after 2 failures")));
    }

    [Fact]
    public async Task Work_that_never_fails_is_not_told_of()
    {
        _rounds = 2;
        await _loop.Run(FailsTwice, _stop.Token).Within(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _log.Count("do it"));
    }

    [Fact]
    public async Task What_a_stop_breaks_is_no_failure()
    {
        await _loop.Run(BrokenByStop, _stop.Token).Within(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _log.Count("do it"));
    }

    private async Task FailsTwice(CancellationToken stop)
    {
        if (++_rounds <= 2) throw new IOException("Not now.");
        _loop.Well();
        if (_rounds == 5) await _stop.CancelAsync();
    }

    private async Task BrokenByStop(CancellationToken stop)
    {
        await _stop.CancelAsync();
        throw new IOException("The connection was closed.");
    }
}
