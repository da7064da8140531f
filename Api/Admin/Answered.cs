namespace Tms.Api.Admin;

/// <summary>Questions of which an operator would rather miss one answer than wait for it.</summary>
internal static class Answered
{
    /// <summary>How long is waited for one answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The answer; null where it does not come in time, whatever the reason. Never throws but for the caller's own cancellation.
    /// </summary>
    public static async Task<T?> InTime<T>(TimeProvider time, Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            return await ask(both.Token).WaitAsync(Patience, time, cancel);
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            return default;
        }
    }
}
