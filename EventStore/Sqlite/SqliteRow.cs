using Microsoft.Data.Sqlite;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Sqlite;

/// <summary>A read model's row as SQLite keeps it.</summary>
internal static class SqliteRow
{
    /// <summary>Reads the row of a tenant (<c>$1</c>) and stream (<c>$2</c>).</summary>
    public static string Select(ReadModelTable table) =>
        $"select {Columns(table)} from {table.Name} where tenant = $1 and {table.Stream} = $2";

    /// <summary>Reads the rows of a tenant (<c>$1</c>) whose streams' ids are above <c>$2</c> and at most <c>$3</c>.</summary>
    public static string SelectRange(ReadModelTable table, IdRange ids)
    {
        var (after, to) = (ids.After is null ? "" : $" and {table.Stream} > $2", ids.To is null ? "" : $" and {table.Stream} <= $3");
        return $"select {Columns(table)} from {table.Name} where tenant = $1{after}{to}";
    }

    /// <summary>Removes the row that has a key.</summary>
    public static string Delete(ReadModelTable table) =>
        $"delete from {table.Name} where "
            + $"{string.Join(" and ", table.Columns.Take(table.KeyColumns).Select((c, i) => $"{c.Name} = ${i + 1}"))}";

    public static object?[] Read(SqliteDataReader reader, ReadModelTable table)
    {
        var row = new object?[table.Columns.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : Cell(reader, i, table.Columns[i].Type);
        }

        return row;
    }

    private static string Columns(ReadModelTable table) => string.Join(", ", table.Columns.Select(c => c.Name));

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
