using Npgsql;

namespace Tms.EventStore.Postgres;

/// <summary>
/// The data sources of a store: one for queries, as configured; one for lanes, whose sessions never hold a lock for long.
/// </summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    /// <summary>Name of lanes' sessions in <c>pg_stat_activity</c>.</summary>
    public const string LaneName = "tms-lane";

    // A frozen or lost writer must not hold a partition: these bounds let the others in within 5 s. A batch waits for a lock while it holds
    // others, so it waits shortly.
    private const string LaneSettings =
        "-c lock_timeout=500 -c idle_in_transaction_session_timeout=3000 -c tcp_user_timeout=5000"
        + " -c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2";

    // Who waits for a table that somebody holds keeps a connection from everybody else.
    private const string QuerySettings = "-c lock_timeout=2000";

    // A lane repeats a few statements whose best plan never changes: planning them anew would cost more than running them.
    private const string LanePlans = "-c plan_cache_mode=force_generic_plan";

    // The server's keepalives tell it of a lost client; these tell a client of a server that is gone while its answer is waited for.
    private const int SilentSeconds = 3;

    private static readonly TimeSpan RoomApart = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time;
    private long _roomMade;

    public PostgresConnections(string connectionString, EventStoreOptions options, TimeProvider time)
    {
        _time = time;
        var queries = new NpgsqlConnectionStringBuilder(connectionString);
        if (queries.MaxAutoPrepare == 0)
        {
            queries.MaxAutoPrepare = 50;
        }

        if (queries.TcpKeepAliveTime == 0)
        {
            (queries.TcpKeepAliveTime, queries.TcpKeepAliveInterval) = (SilentSeconds, 1);
        }

        Queries = Named(
            "tms", new NpgsqlConnectionStringBuilder(queries.ConnectionString) { Options = $"{queries.Options} {QuerySettings}".Trim() });
        Lanes = Named("tms-lanes", new NpgsqlConnectionStringBuilder(queries.ConnectionString)
        {
            ApplicationName = LaneName,
            Options = $"{queries.Options} {LanePlans} {(options.LaneTimeouts ? LaneSettings : "")}".Trim(),
            AutoPrepareMinUsages = 1,
            MaxAutoPrepare = 200,
            NoResetOnClose = true,
            Pooling = false,
            Timeout = 3,
            CommandTimeout = options.LaneTimeouts ? 5 : 120,
            // What is late is broken off. Its answer is not read: where a commit waits for its standby, a cancelled wait is answered as a
            // success that the standby does not have.
            CancellationTimeout = -1,
        });
    }

    public NpgsqlDataSource Queries { get; }

    public NpgsqlDataSource Lanes { get; }

    /// <summary>Opens a session of a lane, or of what is as urgent.</summary>
    /// <remarks>
    /// If the server takes no more, this process' resting readers give way, and the next try finds a place.
    /// They do so once a second at most: while it stays full, readers keep what they have opened meanwhile.
    /// </remarks>
    public async ValueTask<NpgsqlConnection> OpenSession(CancellationToken cancel)
    {
        try
        {
            return await Lanes.OpenConnectionAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            MakeRoom();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Queries.DisposeAsync();
        await Lanes.DisposeAsync();
    }

    private void MakeRoom()
    {
        var (made, now) = (Interlocked.Read(ref _roomMade), _time.GetTimestamp());
        if (made != 0 && _time.GetElapsedTime(made, now) < RoomApart) return;
        if (Interlocked.CompareExchange(ref _roomMade, now, made) == made) Queries.Clear();
    }

    // Metrics name the source: without a name they would show the connection string.
    private static NpgsqlDataSource Named(string name, NpgsqlConnectionStringBuilder connection) =>
        new NpgsqlDataSourceBuilder(connection.ConnectionString) { Name = name }.Build();
}
