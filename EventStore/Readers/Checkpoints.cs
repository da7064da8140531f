using System.Data.Common;

namespace Tms.EventStore.Readers;

internal sealed class Checkpoints(IDatabase database) : ICheckpoints
{
    private const string Upsert = """
        insert into checkpoints (name, partition, position) values (@name, @partition, @position)
        on conflict (name, partition) do update set position = excluded.position where checkpoints.position < excluded.position
        """;

    public async Task<GlobalPosition> Load(string name, int partition, CancellationToken cancel) =>
        (await LoadAll(name, cancel)).GetValueOrDefault(partition);

    public async Task<IReadOnlyDictionary<int, GlobalPosition>> LoadAll(string name, CancellationToken cancel) =>
        (await database.Query("select partition, position from checkpoints where name = @name",
            r => (Partition: r.GetInt32(0), Position: new GlobalPosition(r.GetInt64(1))), cancel, ("name", name)))
            .ToDictionary(c => c.Partition, c => c.Position);

    public Task Save(string name, IReadOnlyDictionary<int, GlobalPosition> positions, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
    {
        await Write(name, positions, connection, transaction, cancel);
        return true;
    }, cancel);

    /// <summary>Moves checkpoints forward in an open transaction.</summary>
    internal static async Task Write(
        string name, IReadOnlyDictionary<int, GlobalPosition> positions, DbConnection connection, DbTransaction transaction,
        CancellationToken cancel)
    {
        foreach (var (partition, position) in positions.OrderBy(p => p.Key))
        {
            await connection.Execute(Upsert, transaction, cancel, ("name", name), ("partition", partition), ("position", position.Value));
        }
    }
}
