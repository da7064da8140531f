using Microsoft.Data.Sqlite;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Files;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Sqlite;

/// <summary>Files that become others under a running process.</summary>
public sealed class SqliteHistoryTests : IDisposable
{
    private const string Line = "What the process remembers may be lost";
    private readonly TempFolder _folder = new();
    private readonly TenantId _tenant = Some.Tenant();

    private string Database => _folder.File("tms.db");

    private string Copy => _folder.File("copy.db");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_whose_file_was_put_back_writes_nothing_more_and_ends(bool inPlace)
    {
        CreateTables();
        var heard = new HeardLog();
        Guid epoch;
        await using (var store = await StoreFactory.Sqlite(Database, new() { Heard = heard }))
        {
            await store.Appended(Some.Unit(_tenant, Some.Stream()));
            Run(Database, $"vacuum into '{Copy}'");
            await store.Appended(Some.Unit(_tenant, Some.Stream()));
            epoch = await store.Epoch();
            PutBack(inPlace);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(Some.Unit(_tenant, Some.Stream())));
            await store.Ends();
            Assert.Equal(1, heard.Count(Line));
        }

        // The next process has no session of this one.
        SqliteConnection.ClearAllPools();
        await using var anew = await StoreFactory.Sqlite(Database, new());
        Assert.NotEqual(epoch, await anew.Epoch());
        Assert.Equal(2L, (await anew.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
    }

    [Fact]
    public async Task What_was_written_to_a_file_that_moved_meanwhile_is_acknowledged_to_nobody()
    {
        CreateTables();
        await using var store = await StoreFactory.Sqlite(Database, new());
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        var unit = Some.Drawing(_tenant, Some.Stream(), "orders");
        var (complete, calls) = (unit.Draw!.Complete, 0);
        var moving = unit with { Draw = unit.Draw with { Complete = numbers => Moved(++calls, complete(numbers)) } };
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(moving));
        await store.Ends();
    }

    [Fact]
    public async Task A_process_whose_file_lost_its_log_ends()
    {
        CreateTables();
        Run(Copy, "create table others (id integer)");
        var heard = new HeardLog();
        await using var store = await StoreFactory.Sqlite(Database, new() { Heard = heard });
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        PutBack(inPlace: true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Append(Some.Unit(_tenant, Some.Stream())));
        await store.Ends();
        Assert.Equal(1, heard.Count("The database is a file without a log"));
    }

    public void Dispose() => _folder.Dispose();

    // Numbers are drawn once for the unit's size, and a second time in the transaction: after the file was asked for, before the commit.
    private IReadOnlyList<EventData> Moved(int call, IReadOnlyList<EventData> events)
    {
        if (call == 2) File.Move(Database, Copy);
        return events;
    }

    private void CreateTables() =>
        Run(Database, $"{TotalsProjection.SqliteTable};{WordEntries.SqliteTable};{FirstsProjection.SqliteTable}");

    private void PutBack(bool inPlace)
    {
        if (inPlace)
        {
            using var from = Open(Copy);
            using var to = Open(Database);
            from.BackupDatabase(to);
            return;
        }

        foreach (var rest in (string[])["-wal", "-shm"]) File.Delete(Database + rest);
        File.Move(Copy, Database, overwrite: true);
    }

    private static void Run(string file, string sql)
    {
        using var connection = Open(file);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
