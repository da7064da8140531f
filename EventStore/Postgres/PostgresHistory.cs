using Npgsql;

namespace Tms.EventStore.Postgres;

/// <summary>Notices a server or database that is another one than this process began with.</summary>
/// <remarks>
/// Asked wherever a session of a lane or of the signals is opened, which a failover always brings about, and every ten seconds besides.
/// </remarks>
internal sealed class PostgresHistory(StoreHistory history)
{
    private string? _identity;

    /// <exception cref="StoreUnavailableException">The database is another one, or takes no writes.</exception>
    public async Task Check(NpgsqlConnection session, CancellationToken cancel)
    {
        var (identity, noted) = await PostgresEpoch.Read(session, cancel);
        if (identity is null)
            throw new StoreUnavailableException("PostgreSQL takes no writes: it is still recovering, or it is a standby.");
        // What the start noted is compared too: the database may have changed between the two.
        var known = Interlocked.CompareExchange(ref _identity, identity, null) ?? noted;
        if (identity != known || history.Changed) throw history.End(identity, known ?? "unknown");
    }
}
