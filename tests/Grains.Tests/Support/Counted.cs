namespace Tms.Grains.Tests.Support;

/// <summary>Counts, and lets a test wait for a count.</summary>
internal sealed class Counted
{
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public int Count { get; private set; }

    public void Add(int more = 1)
    {
        lock (_lock)
        {
            Count += more;
            foreach (var waiting in _waiting.Where(w => w.Count <= Count)) waiting.Reached.TrySetResult();
        }
    }

    /// <summary>Completes when the count is reached; fails after twenty seconds.</summary>
    public async Task Reaches(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Count >= count) return;
            _waiting.Add((count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited for {count}, reached {Count}.");
        }
    }
}
