using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tms.EventStore.Postgres;

/// <summary>Ends a process whose database has become another one: restored by hand, failed over or replaced while the process ran.</summary>
/// <remarks>
/// States of aggregates, heads, cursors and positions in memory may tell of events that are lost. No part of a process can know which, so all of it begins anew.
/// Asked wherever a session of a lane or of the signals is opened, which a failover always brings about, and every ten seconds besides.
/// </remarks>
internal sealed partial class PostgresHistory(ILogger<PostgresHistory> log, IHostApplicationLifetime? process = null)
{
    /// <summary>What callers are told of a process whose database is another one.</summary>
    public const string Ends = "The database is another one than this process began with: the process ends, and begins anew with what is stored.";

    private string? _identity;
    private int _changed;

    /// <summary>Whether the database is another one than at the first question.</summary>
    public bool Changed => Volatile.Read(ref _changed) == 1;

    /// <exception cref="StoreUnavailableException">The database is another one, or takes no writes.</exception>
    public async Task Check(NpgsqlConnection session, CancellationToken cancel)
    {
        var (identity, noted) = await PostgresEpoch.Read(session, cancel);
        if (identity is null) throw new StoreUnavailableException("PostgreSQL takes no writes: it is still recovering, or it is a standby.");
        // What the start noted is compared too: the database may have changed between the two.
        var known = Interlocked.CompareExchange(ref _identity, identity, null) ?? noted;
        if (identity == known && !Changed) return;
        if (Interlocked.Exchange(ref _changed, 1) == 0) End(known ?? "unknown", identity);
        throw new StoreUnavailableException(Ends);
    }

    private void End(string known, string identity)
    {
        LogChanged(known, identity);
        Environment.ExitCode = 1;
        process?.StopApplication();
    }

    [LoggerMessage(LogLevel.Critical, "The database is {Identity}, and was {Known} when this process began: it was restored, moved or failed over. What the process remembers may be lost: it ends.")]
    private partial void LogChanged(string known, string identity);
}
