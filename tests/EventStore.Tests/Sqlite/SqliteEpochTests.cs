using Microsoft.Data.Sqlite;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Files;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Sqlite;

public sealed class SqliteEpochTests : IDisposable
{
    private const string Line = "it was restored or moved";
    private readonly TempFolder _folder = new();
    private readonly TenantId _tenant = Some.Tenant();

    private string File => _folder.File("tms.db");

    private string Copy => _folder.File("copy.db");

    [Fact]
    public async Task An_older_copy_written_over_the_file_has_another_epoch()
    {
        var epoch = await Begin();
        await Append(2);
        PutBack(Copy);
        await Changed(epoch, 1);
    }

    [Fact]
    public async Task A_copy_that_was_taken_while_the_store_ran_is_noticed_too()
    {
        await using var store = await Open(new());
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        SaveTo(Copy);
        await store.Appended(Some.Unit(_tenant, Some.Stream()));
        var epoch = await store.Epoch();
        await store.DisposeAsync();
        PutBack(Copy);
        await Changed(epoch, 1);
    }

    [Fact]
    public async Task A_copy_of_the_same_history_to_its_end_keeps_the_epoch()
    {
        var epoch = await Begin();
        PutBack(Copy);
        var heard = new HeardLog();
        await using var store = await Open(new() { Heard = heard });
        Assert.Equal(epoch, await store.Epoch());
        Assert.Equal(0, heard.Count(Line));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nothing that one could read")]
    [InlineData("01890000-0000-7000-8000-000000000000 0000000000000000001")]
    public async Task A_database_without_its_own_note_beside_it_has_another_epoch(string? note)
    {
        var epoch = await Begin();
        System.IO.File.Delete(File + "-epoch");
        if (note is not null) await System.IO.File.WriteAllTextAsync(File + "-epoch", note, TestContext.Current.CancellationToken);
        await Changed(epoch, 1);
    }

    [Fact]
    public async Task A_note_that_cannot_be_written_refuses_nothing_that_is_committed()
    {
        await using var store = await Open(new());
        System.IO.File.Delete(File + "-epoch");
        Directory.CreateDirectory(File + "-epoch");
        Assert.False((await store.Appended(Some.Unit(_tenant, Some.Stream()))).AlreadyThere);
        Assert.Single(await store.Sound(_tenant));
    }

    [Fact]
    public async Task What_is_put_back_twice_has_a_new_epoch_each_time()
    {
        var epoch = await Begin();
        await Append(1);
        PutBack(Copy);
        var second = await Changed(epoch, 1);
        PutBack(Copy);
        Assert.NotEqual(second, await Changed(epoch, 1));
    }

    public void Dispose() => _folder.Dispose();

    // One event in the log, and a copy of it.
    private async Task<Guid> Begin()
    {
        await Append(1);
        SaveTo(Copy);
        await using var store = await Open(new());
        return await store.Epoch();
    }

    private async Task Append(int count)
    {
        await using var store = await Open(new());
        for (var i = 0; i < count; i++) await store.Appended(Some.Unit(_tenant, Some.Stream()));
    }

    private async Task<Guid> Changed(Guid before, long events)
    {
        var heard = new HeardLog();
        Guid epoch;
        await using (var first = await Open(new() { Heard = heard })) epoch = await first.Epoch();
        await using var second = await Open(new() { Heard = heard });
        Assert.NotEqual(before, epoch);
        Assert.Equal(epoch, await second.Epoch());
        Assert.Equal(1, heard.Count(Line));
        Assert.Equal(events + 1, (await second.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
        return epoch;
    }

    private Task<StoreUnderTest> Open(StoreSetup setup)
    {
        if (!System.IO.File.Exists(File))
            Run(File, $"{TotalsProjection.SqliteTable};{WordEntries.SqliteTable};{FirstsProjection.SqliteTable}");
        return StoreFactory.Sqlite(File, setup);
    }

    private void SaveTo(string copy) => Run(File, $"vacuum into '{copy}'");

    // As cp does: the file stays the same file.
    private void PutBack(string copy)
    {
        SqliteConnection.ClearAllPools();
        foreach (var rest in (string[])["-wal", "-shm"]) System.IO.File.Delete(File + rest);
        using var from = System.IO.File.OpenRead(copy);
        using var to = new FileStream(File, FileMode.Truncate, FileAccess.Write);
        from.CopyTo(to);
    }

    private static void Run(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
