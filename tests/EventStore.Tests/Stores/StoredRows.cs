using System.Data.Common;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Reads a read model's rows as any query would, on a connection beside the log.</summary>
internal static class StoredRows
{
    public static async Task<IReadOnlyList<object?[]>> Rows(this StoreUnderTest store, ReadModelTable table, TenantId tenant)
    {
        await using var connection = await store.Database.Open();
        await using var command = connection.CreateCommand();
        command.CommandText = $"select {string.Join(", ", table.Columns.Select(c => c.Name))} from {table.Name} where tenant = @tenant";
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = ("@tenant", tenant.Value);
        command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync()) rows.Add([.. table.Columns.Select((column, i) => Cell(reader, i, column.Type))]);
        return rows;
    }

    private static object? Cell(DbDataReader reader, int i, ColumnType type) => reader.IsDBNull(i) ? null : type switch
    {
        ColumnType.Uuid => reader.GetGuid(i),
        ColumnType.Text => reader.GetString(i),
        ColumnType.Int => reader.GetInt32(i),
        ColumnType.Long => reader.GetInt64(i),
        ColumnType.Bool => reader.GetBoolean(i),
        ColumnType.Date => DateOnly.FromDayNumber(reader.GetInt32(i)),
        _ => reader.GetFieldValue<byte[]>(i),
    };
}
