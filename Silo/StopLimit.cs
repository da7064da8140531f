namespace Tms.Silo;

/// <summary>Ends a process that was told to stop and has not, whatever it still waits for.</summary>
/// <remarks>
/// Everything that stops has <see cref="HostOptions.ShutdownTimeout"/>, but what is disposed afterwards, and whoever does not heed the
/// token, has none.
/// Nothing acknowledged is lost: the process could as well have been killed, as whoever supervises it does a little later.
/// </remarks>
public static partial class StopLimit
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(28);

    /// <summary>Runs a program until it is told to stop, and ends the process with code 1 if that takes over 28 s.</summary>
    /// <param name="app">The program.</param>
    public static async Task Run(WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(StopLimit));
        await using var timer = TimeProvider.System.CreateTimer(_ => End(log), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        app.Lifetime.ApplicationStopping.Register(() => timer.Change(Limit, Timeout.InfiniteTimeSpan));
        await app.RunAsync();
    }

    private static void End(ILogger log)
    {
        LogLate(log, Limit);
        // The log is written in the background, and nobody waits for it any more.
        Console.Error.WriteLine($"Told to stop {Limit} ago and still not done: the process ends now.");
        Environment.Exit(1);
    }

    [LoggerMessage(
        LogLevel.Critical, "Told to stop {Limit} ago and still not done: the process ends now. What was acknowledged is stored.")]
    private static partial void LogLate(ILogger log, TimeSpan limit);
}
