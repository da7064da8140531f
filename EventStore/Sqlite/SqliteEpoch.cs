using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tms.EventStore.Sqlite;

/// <summary>Gives a database another epoch where it is not the one that was last open in its place.</summary>
/// <remarks>
/// A file can be put back in ways that no attribute of it tells (written over, it keeps its inode), and a mark inside comes back with it.
/// What counts is the history: a database that ends before the last position noted beside it has lost events, one with another epoch is
/// another.
/// </remarks>
internal static partial class SqliteEpoch
{
    public static void Follow(string path, ILogger log)
    {
        using var file = new EpochFile(path);
        using var connection =
            new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction(deferred: false);
        var (epoch, last) = connection.All("select value, (select coalesce(max(position), 0) from events) from store where name = 'epoch'",
            r => (Guid.Parse(r.GetString(0)), new GlobalPosition(r.GetInt64(1))))[0];
        if (file.Read() is { } noted && noted.Epoch == epoch && noted.Position.Value <= last.Value) return;
        var fresh = Guid.NewGuid();
        connection.Run("update store set value = $1 where name = 'epoch'", fresh.ToString());
        transaction.Commit();
        file.Write(fresh, last);
        if (last.Value > 0) log.Changed(path, fresh);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "{Database} is not the database that was last open here: it was restored or moved. Its new epoch is {Epoch}; live clients start "
            + "anew.")]
    private static partial void Changed(this ILogger log, string database, Guid epoch);
}
