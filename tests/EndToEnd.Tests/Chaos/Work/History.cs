using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>Everything that clients asked for, with one clock for all.</summary>
internal sealed class History
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly ConcurrentQueue<Asked> _asked = new();
    private readonly ConcurrentDictionary<string, TimeSpan> _open = new();
    private int _accepted;

    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    public IReadOnlyList<Asked> Asked => [.. _asked];

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether everything that was sent before a time has an answer, or will have none.</summary>
    public bool IsAnswered(TimeSpan before) => _open.Values.All(sent => sent >= before);

    /// <summary>Begins an attempt at a command; when.</summary>
    public TimeSpan Send(string key) => _open[key] = Now;

    /// <summary>Ends the attempt; when.</summary>
    public TimeSpan Answer(string key)
    {
        _open.TryRemove(key, out _);
        return Now;
    }

    public void Add(Asked asked)
    {
        _asked.Enqueue(asked);
        if (asked.Outcome == Outcome.Accepted) Interlocked.Increment(ref _accepted);
    }
}
