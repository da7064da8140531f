using System.Diagnostics;

namespace Tms.Testing;

/// <summary>
/// How long this machine has worked. Where it stood still (a shared host, a busy disk), that hardly counts: a limit is about the program,
/// not about the machine.
/// </summary>
/// <remarks>Counts the ticks of a timer, each for <see cref="Longest"/> at most.</remarks>
public sealed class WorkingTime : IDisposable
{
    internal static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(40);

    private readonly PeriodicTimer _timer = new(Step);
    private long _worked;

    private WorkingTime() => _ = Count();

    /// <summary>Counts from now on.</summary>
    public static WorkingTime Start() => new();

    /// <summary>What counted so far.</summary>
    public TimeSpan Elapsed => new(Interlocked.Read(ref _worked));

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();

    private async Task Count()
    {
        for (var last = Stopwatch.GetTimestamp(); await _timer.WaitForNextTickAsync();)
        {
            var now = Stopwatch.GetTimestamp();
            Interlocked.Add(ref _worked, Math.Min(Stopwatch.GetElapsedTime(last, now).Ticks, Longest.Ticks));
            last = now;
        }
    }
}
