namespace Tms.EventStore.Readers;

/// <summary>How snapshots are found; the same for both databases.</summary>
internal static class SnapshotSql
{
    /// <summary>
    /// The newest snapshot of tenant, stream, type and schema up to a version: $1 to $5. Two probes of indexes, however many are kept.
    /// </summary>
    public const string Nearest = """
        select version, state from (
          select version, state from snapshots where tenant = $1 and stream_id = $2 and stream_type = $3 and schema = $4 and version <= $5
          union all
          select version, state from (
            select version, state from kept_snapshots where tenant = $1 and stream_id = $2 and stream_type = $3 and schema = $4 and version
              <= $5
            order by version desc limit 1) kept) nearest
        order by version desc limit 1
        """;
}
