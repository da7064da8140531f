namespace Tms.EventStore.Readers;

/// <summary>How an event is found by its id; the same for both databases.</summary>
internal static class EventIdSql
{
    /// <summary>
    /// The last event of stream, type and tenant ($1 to $3) that has the id $4 or is older than $5: walks the stream's index backwards and
    /// ends there.
    /// </summary>
    public const string LastOfIdOrOlder = """
        select version, event_id from events where stream_id = $1 and stream_type = $2 and tenant = $3 and (event_id = $4 or time_us < $5)
        order by version desc limit 1
        """;
}
