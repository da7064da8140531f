using Microsoft.Data.Sqlite;

namespace Tms.EventStore.Sqlite;

/// <summary>Writes snapshots: one row each, into the table of those that stay or of the latest ones.</summary>
internal static class SqliteSnapshots
{
    private const string Upsert = """
        insert into snapshots (tenant, stream_type, stream_id, version, schema, state) values ($1, $2, $3, $4, $5, $6)
        on conflict (tenant, stream_id, stream_type) do update set version = $4, schema = $5, state = $6 where version < $4
        """;

    // Plain ones go too where they are sealed now (below 0).
    private const string DeleteOlderShapes = """
        delete from kept_snapshots where tenant = $1 and stream_id = $2 and stream_type = $3 and (abs(schema) < abs($4) or (schema > 0 and
          $4 < 0))
        """;

    private const string Keep =
        "insert into kept_snapshots (tenant, stream_type, stream_id, version, schema, state) values ($1, $2, $3, $4, $5, $6) on conflict "
            + "do nothing";

    public static void Write(SqliteConnection session, IEnumerable<Snapshot> snapshots)
    {
        foreach (var s in snapshots)
        {
            if (s.Stays) session.Run(DeleteOlderShapes, s.Tenant.Value, s.Stream.Id, s.Stream.Type, s.Schema);
            session.Run(s.Stays ? Keep : Upsert, s.Tenant.Value, s.Stream.Type, s.Stream.Id, s.Version.Value, s.Schema, s.State);
        }
    }
}
