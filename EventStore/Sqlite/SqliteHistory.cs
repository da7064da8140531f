using Microsoft.Data.Sqlite;

namespace Tms.EventStore.Sqlite;

/// <summary>Notices a file that was put back, or replaced by another one, while this process has it open.</summary>
/// <remarks>
/// A file in another's place leaves open sessions on the old one, which nobody will ever read again. One that SQLite restored in place
/// (<c>.restore</c>) has another epoch, or has given out fewer positions than this process has seen. Events that somebody took out are no
/// other history:
/// their positions stay given out, and the hash chain tells of them. Asked in the transaction of each batch, and every ten seconds besides.
/// <c>cp</c> over the file of a running process is not noticed before the next start: SQLite itself does not notice it, and both are
/// damaged.
/// </remarks>
internal sealed class SqliteHistory(StoreHistory history, SqliteConnections connections)
{
    private const string Given =
        "select value, coalesce((select seq from sqlite_sequence where name = 'events'), 0) from store where name = 'epoch'";

    private const string Opened = "the one that this process opened";
    private const int NoSuchTable = 1;

    private readonly Lock _one = new();
    private string? _epoch;
    private long _last;

    /// <summary>Whether the file was found to be another one.</summary>
    public bool Changed => history.Changed;

    /// <summary>Compares the file of a session with what this process knows of it.</summary>
    /// <exception cref="StoreUnavailableException">It is another one.</exception>
    public void Check(SqliteConnection session)
    {
        if (history.Changed) throw new StoreUnavailableException(StoreHistory.Ends);
        Confirm(session);
        lock (_one)
        {
            if (Read(session) is not { } found) throw End("a file without a log", Opened);
            var (epoch, last) = found;
            if (epoch != (_epoch ??= epoch)) throw End($"one of epoch {epoch}", $"one of epoch {_epoch}");
            if (last < _last) throw End($"one that ends at position {last}", $"one that ended at position {_last}");
            _last = last;
        }
    }

    /// <summary>Makes sure that the file of a session is still the one at its path: what was written to any other is lost.</summary>
    /// <exception cref="StoreUnavailableException">It is another one.</exception>
    public void Confirm(SqliteConnection session)
    {
        if (SqliteFile.HasMoved(session)) throw End("another file", Opened);
    }

    /// <summary>Remembers the last event of a batch that was committed.</summary>
    public void Note(GlobalPosition last)
    {
        lock (_one) _last = Math.Max(_last, last.Value);
        connections.Epoch.Note(last);
    }

    private static (string Epoch, long Last)? Read(SqliteConnection session)
    {
        try
        {
            return session.All(Given, r => (r.GetString(0), r.GetInt64(1))) is [var found] ? found : null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == NoSuchTable)
        {
            return null;
        }
    }

    // Without the note beside it the file has a new epoch at the next start, however long its log has become.
    private StoreUnavailableException End(string found, string known)
    {
        connections.Epoch.Forget();
        return history.End(found, known);
    }
}
