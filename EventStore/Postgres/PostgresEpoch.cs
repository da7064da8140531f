using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tms.EventStore.Postgres;

/// <summary>Gives a database another epoch where it is not the one that was noted in it.</summary>
internal static partial class PostgresEpoch
{
    // Server (new after initdb), database (new after create database), timeline (new after recovery to a point in time and after a
    // failover) and the file of the log's table (new where a dump was put over what was there, or where it was emptied).
    private const string Identity = """
        select case when pg_is_in_recovery() then null else concat_ws('/',
          (select system_identifier from pg_control_system()),
          (select oid from pg_database where datname = current_database()),
          left(pg_walfile_name(pg_current_wal_lsn()), 8),
          pg_relation_filenode('events')) end
        """;

    private const string Noted = "select value from store where name = 'identity'";

    // One statement: of processes that start at once, one changes it.
    private const string Change = """
        with changed as (
          insert into store (name, value) values ('identity', $1)
          on conflict (name) do update set value = excluded.value where store.value <> excluded.value returning 1)
        update store set value = gen_random_uuid()::text where name = 'epoch' and exists (select 1 from changed) returning value
        """;

    /// <exception cref="StoreUnavailableException">The server takes no writes yet.</exception>
    public static async Task Follow(NpgsqlConnection connection, ILogger log, CancellationToken cancel)
    {
        var identity = await Text(connection, Identity, cancel)
            ?? throw new StoreUnavailableException("PostgreSQL takes no writes: it is still recovering, or it is a standby.");
        var noted = await Text(connection, Noted, cancel);
        if (noted == identity) return;
        var epoch = await Text(connection, Change, cancel, identity);
        if (noted is not null && epoch is not null) log.Changed(noted, identity, epoch);
    }

    /// <summary>What the database is, and what it was when a process last began with it; null: it takes no writes.</summary>
    public static async Task<(string? Identity, string? Noted)> Read(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select ({Identity}), ({Noted})", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.IsDBNull(0) ? null : reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
    }

    private static async Task<string?> Text(NpgsqlConnection connection, string sql, CancellationToken cancel, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The database is {Identity}, and was {Noted}: it was restored, moved or failed over. Its new epoch is {Epoch}; live clients "
            + "start anew.")]
    private static partial void Changed(this ILogger log, string noted, string identity, string epoch);
}
