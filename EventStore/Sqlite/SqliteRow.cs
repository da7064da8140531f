using Microsoft.Data.Sqlite;

namespace Tms.EventStore.Sqlite;

/// <summary>A read model's row as SQLite keeps it.</summary>
internal static class SqliteRow
{
    /// <summary>Reads the row of a tenant (<c>$1</c>) and stream (<c>$2</c>).</summary>
    public static string Select(ReadModelTable table) =>
        $"select {string.Join(", ", table.Columns.Select(c => c.Name))} from {table.Name} where tenant = $1 and {table.Columns[1].Name} = $2";

    public static object?[] Read(SqliteDataReader reader, ReadModelTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : Cell(reader, i, table.Columns[i].Type);
        }

        return row;
    }

    private static object Cell(SqliteDataReader reader, int i, ColumnType type) => type switch
    {
        ColumnType.Uuid => reader.GetGuid(i),
        ColumnType.Text => reader.GetString(i),
        ColumnType.Int => reader.GetInt32(i),
        ColumnType.Long => reader.GetInt64(i),
        ColumnType.Bool => reader.GetBoolean(i),
        ColumnType.Date => DateOnly.FromDayNumber(reader.GetInt32(i)),
        _ => reader.Bytes(i),
    };
}
