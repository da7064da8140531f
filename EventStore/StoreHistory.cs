using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore;

/// <summary>
/// Ends a process whose database has become another one: restored by hand, failed over or replaced while the process ran.
/// </summary>
/// <remarks>
/// States of aggregates, heads, cursors and positions in memory may tell of events that are lost. No part of a process can know which, so
/// all of it begins anew.
/// </remarks>
internal sealed partial class StoreHistory(ILogger<StoreHistory> log, IHostApplicationLifetime? process = null)
{
    /// <summary>What callers are told of a process whose database is another one.</summary>
    public const string Ends =
        "The database is another one than this process began with: the process ends, and begins anew with what is stored.";

    private int _changed;

    /// <summary>Whether the database was found to be another one: nothing may be written any more.</summary>
    public bool Changed => Volatile.Read(ref _changed) == 1;

    /// <summary>Ends the process, once.</summary>
    /// <param name="found">What the database is now.</param>
    /// <param name="known">What it was.</param>
    /// <returns>What whoever waits for the database is told.</returns>
    public StoreUnavailableException End(string found, string known)
    {
        if (Interlocked.Exchange(ref _changed, 1) == 0)
        {
            LogChanged(found, known);
            Environment.ExitCode = 1;
            process?.StopApplication();
        }

        return new(Ends);
    }

    [LoggerMessage(
        LogLevel.Critical,
        "The database is {Found}, and was {Known} before: it was restored, moved or failed over. What the process remembers may be lost: "
            + "it ends.")]
    private partial void LogChanged(string found, string known);
}
