using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>Everything that clients asked for, with one clock for all.</summary>
internal sealed class History
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private int _accepted;

    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    public IReadOnlyList<Asked> Asked => [.. _asked];

    public int Accepted => Volatile.Read(ref _accepted);

    public void Add(Asked asked)
    {
        _asked.Enqueue(asked);
        if (asked.Outcome == Outcome.Accepted) Interlocked.Increment(ref _accepted);
    }
}
