using Microsoft.Data.Sqlite;
using Tms.Testing.Files;
using Tms.Testing.Plans;

namespace Tms.EventStore.Tests.Stores;

/// <summary>A store in a file of its own.</summary>
public sealed class SqliteStore : IStoreFixture
{
    private readonly TempFolder _folder = new();

    public StoreUnderTest Current { get; private set; } = null!;

    private string File => _folder.File("tms.db");

    public async ValueTask InitializeAsync()
    {
        await CreateTables();
        Current = await SecondProcess();
    }

    public async Task Restart()
    {
        await Current.DisposeAsync();
        Current = await SecondProcess();
    }

    public Task<StoreUnderTest> SecondProcess(StoreSetup? setup = null) => StoreFactory.Sqlite(File, setup ?? new());

    public IExplainingDatabase Explaining() => new ExplainingSqlite(File);

    public async Task<bool> LetsWritersIn(int partition)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = ("begin immediate; rollback", 1);
        return await Xunit.Record.ExceptionAsync(() => command.ExecuteNonQueryAsync()) is not SqliteException { SqliteErrorCode: 5 };
    }

    public async ValueTask DisposeAsync()
    {
        if (Current is not null) await Current.DisposeAsync();
        _folder.Dispose();
    }

    private async Task CreateTables()
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"{TotalsProjection.SqliteTable};{WordEntries.SqliteTable};{FirstsProjection.SqliteTable};"
            + $"{LineEntries.SqliteTable};"
            + $"{PointParts.SqliteTable};{AccountTallies.SqliteTable}";
        await command.ExecuteNonQueryAsync();
    }
}
