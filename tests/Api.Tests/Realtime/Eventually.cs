namespace Tms.Api.Tests.Realtime;

/// <summary>Waits for something that no message announces.</summary>
internal static class Eventually
{
    public static Task Holds(Func<bool> condition) => Holds(() => Task.FromResult(condition()));

    public static async Task Holds(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
        {
            await poll.WaitForNextTickAsync(patience.Token);
        }
    }
}
