using System.Collections.Concurrent;
using Tms.Grains.Tests.Support;

namespace Tms.Grains.Tests.Scheduling;

/// <summary>A test's clock that tells when an alarm is set: then the run before it is over.</summary>
internal sealed class WatchedTime(TimeProvider inner, WatchedAlarms alarms) : TimeProvider
{
    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Alarm(inner.CreateTimer(callback, state, dueTime, period), alarms);

    private sealed class Alarm(ITimer timer, WatchedAlarms alarms) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            alarms.Note(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

/// <summary>The alarms that were set.</summary>
internal sealed class WatchedAlarms
{
    private readonly ConcurrentDictionary<TimeSpan, TaskCompletionSource> _set = new();

    public Counted Count { get; } = new();

    /// <summary>Completes when an alarm is, or was, set to go off after a time.</summary>
    public Task Set(TimeSpan due) => Of(due).Task;

    public void Note(TimeSpan due)
    {
        Count.Add();
        Of(due).TrySetResult();
    }

    private TaskCompletionSource Of(TimeSpan due) => _set.GetOrAdd(due, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
