namespace Tms.Testing;

/// <summary>Ends a wait that would hang a test.</summary>
public static class Waiting
{
    /// <summary>The task's result; <see cref="TimeoutException"/> when it takes longer, in <see cref="WorkingTime"/>.</summary>
    public static async Task<T> Within<T>(this Task<T> task, TimeSpan limit)
    {
        await ((Task)task).Within(limit);
        return await task;
    }

    /// <inheritdoc cref="Within{T}"/>
    public static async Task Within(this Task task, TimeSpan limit)
    {
        using var time = WorkingTime.Start();
        using var poll = new PeriodicTimer(WorkingTime.Step);
        while (!task.IsCompleted && time.Elapsed <= limit) await Task.WhenAny(task, Tick(poll));
        if (!task.IsCompleted) throw new TimeoutException($"This took longer than {limit}.");
        await task;
    }

    private static async Task Tick(PeriodicTimer poll) => await poll.WaitForNextTickAsync();
}
