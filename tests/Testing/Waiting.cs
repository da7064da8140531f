namespace Tms.Testing;

/// <summary>Ends a wait that would hang a test.</summary>
public static class Waiting
{
    /// <summary>The task's result; <see cref="TimeoutException"/> when it takes longer.</summary>
    public static Task<T> Within<T>(this Task<T> task, TimeSpan limit) => task.WaitAsync(limit);

    /// <inheritdoc cref="Within{T}"/>
    public static Task Within(this Task task, TimeSpan limit) => task.WaitAsync(limit);
}
