using Npgsql;
using Tms.Testing.Postgres;

namespace Tms.Grains.Tests.Support;

/// <summary>
/// Holds the transaction that appends to a stream of <see cref="Stream"/>: its events have their positions and cannot commit until the
/// release.
/// </summary>
/// <remarks>A unit of <see cref="Refused"/> is rolled back by the server, after it took its position as well.</remarks>
internal sealed class HeldTransaction : IAsyncDisposable
{
    public const string Stream = "held";
    public const string Refused = "refused";

    private const string Trigger = """
        create function test_hold() returns trigger language plpgsql as $$ begin
          if new.stream_type = 'held' then perform pg_advisory_xact_lock_shared(42); end if;
          if new.stream_type = 'refused' then raise exception 'This append is rolled back.' using errcode = 'check_violation'; end if;
          return null;
        end $$;
        create trigger test_hold after insert on events for each row execute function test_hold();
        """;

    private const string Holding = """
        select a.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and not l.granted and l.classid = 0 and l.objid = 42 and a.datname = current_database()
        """;

    private readonly NpgsqlConnection _session;
    private int _pid;

    private HeldTransaction(NpgsqlConnection session) => _session = session;

    public static async Task<HeldTransaction> Before(string database)
    {
        await PostgresDatabases.Execute(database, Trigger);
        var session = new NpgsqlConnection(database + ";Pooling=false;Command Timeout=60");
        await session.OpenAsync();
        var held = new HeldTransaction(session);
        await held.Run("select pg_advisory_lock(42)");
        return held;
    }

    /// <summary>Ends when the append is inside its transaction, between its position and its commit.</summary>
    public async Task Reached()
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await Run(Holding) is not int pid || (_pid = pid) == 0) await poll.WaitForNextTickAsync();
    }

    /// <summary>Waits, by the server's clock, until the transaction has been open for so long.</summary>
    public Task OpenFor(TimeSpan time) =>
        Run(FormattableString.Invariant(
            $"select pg_sleep_until(xact_start + interval '{time.TotalSeconds} seconds') from pg_stat_activity where pid = {_pid}"));

    /// <summary>How long it has been open, by the server's clock; zero when it is no longer.</summary>
    public async Task<TimeSpan> Open() =>
        await Run(
            $"select clock_timestamp() - xact_start from pg_stat_activity where pid = {_pid} and wait_event_type = "
                + $"'Lock'") is TimeSpan open ? open : TimeSpan.Zero;

    public Task Release() => Run("select pg_advisory_unlock(42)");

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<object?> Run(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _session);
        return await command.ExecuteScalarAsync();
    }
}
