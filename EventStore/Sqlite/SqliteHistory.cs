using Microsoft.Data.Sqlite;

namespace Tms.EventStore.Sqlite;

/// <summary>Notices a file that was put back, or replaced by another one, while this process has it open.</summary>
/// <remarks>
/// A file in another's place leaves open sessions on the old one, which nobody will ever read again. One that is written over keeps its sessions,
/// and has another event, or none, at the last position that this process knows. Asked in the transaction of each batch, and every ten seconds besides.
/// </remarks>
internal sealed class SqliteHistory(StoreHistory history, SqliteConnections connections)
{
    private readonly Lock _one = new();
    private GlobalPosition _last;
    private byte[] _hash = [];

    /// <summary>Whether the file was found to be another one.</summary>
    public bool Changed => history.Changed;

    /// <summary>Compares the file of a session with what this process knows of it.</summary>
    /// <exception cref="StoreUnavailableException">It is another one.</exception>
    public void Check(SqliteConnection session)
    {
        if (history.Changed || SqliteFile.HasMoved(session)) throw End("another file", "the one that this process opened");
        lock (_one)
        {
            if (_last.Value == 0) Begin(session);
            else if (!HasLast(session)) throw End($"without the event at position {_last.Value}", "with it");
        }
    }

    /// <summary>Remembers the last event of a batch that was committed.</summary>
    public void Note(GlobalPosition last, byte[] hash)
    {
        lock (_one) (_last, _hash) = (last, hash);
        connections.Epoch.Note(last);
    }

    private void Begin(SqliteConnection session)
    {
        if (session.All("select position, hash from events order by position desc limit 1", Place) is [var last]) (_last, _hash) = last;
    }

    private bool HasLast(SqliteConnection session) =>
        session.All("select position, hash from events where position = $1", Place, _last.Value) is [var (_, hash)] && hash.AsSpan().SequenceEqual(_hash);

    // Without the note beside it the file has a new epoch at the next start, however long its log has become.
    private StoreUnavailableException End(string found, string known)
    {
        connections.Epoch.Forget();
        return history.End(found, known);
    }

    private static (GlobalPosition Last, byte[] Hash) Place(SqliteDataReader row) => (new(row.GetInt64(0)), row.Bytes(1));
}
