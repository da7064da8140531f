using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Readers;

/// <summary>
/// Work in the background that is taken up again whenever it fails. The log hears of it twice: when it begins to fail, and when it is well
/// again.
/// </summary>
/// <param name="what">What it does, after "cannot": "listen for commits".</param>
/// <param name="time">The clock of its pauses.</param>
/// <param name="log">Where changes are told.</param>
internal sealed class SignalLoop(string what, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(5);

    private long _lastFailure;
    private int _failures;

    /// <summary>Does the work, again and again, until it is told to stop. Never throws.</summary>
    public async Task Run(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await work(stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                await Failed(e, stop);
            }
        }
    }

    /// <summary>Called by the work whenever it has done what may fail.</summary>
    public void Well()
    {
        if (_failures == 0) return;
        log.LogInformation("Can {What} again after {Failures} failures", what, _failures);
        _failures = 0;
    }

    // A connection that died is replaced at once; a server that is down is asked once a second.
    private async Task Failed(Exception e, CancellationToken stop)
    {
        if (_failures++ == 0) log.LogWarning(e, "Cannot {What}; trying again", what);
        if (time.GetElapsedTime(_lastFailure) <= Recently)
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lastFailure = time.GetTimestamp();
    }
}
