namespace Tms.EventStore.Readers;

internal sealed class ErasedData(IDatabase database, TimeProvider time) : IErasedData
{
    // Writers wait while a checkpoint waits for readers: many short attempts, not a long one.
    private const int Attempts = 10;
    private const string Truncate = "pragma busy_timeout = 100; pragma wal_checkpoint(truncate)";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<bool> Overwrite(CancellationToken cancel)
    {
        if (database.Kind == DatabaseKind.Postgres) return true;
        for (var attempt = 1; !await Checkpoint(cancel); attempt++)
        {
            if (attempt == Attempts) return false;
            await Task.Delay(Pause, time, cancel);
        }

        return true;
    }

    // The first of the statements answers with the limit, the second with whether it was kept from ending.
    private async Task<bool> Checkpoint(CancellationToken cancel)
    {
        await using var connection = await database.Open(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = Truncate;
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        return await reader.ReadAsync(cancel) && reader.GetInt64(0) == 0;
    }
}
