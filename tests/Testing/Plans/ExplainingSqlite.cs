using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Tms.EventStore;

namespace Tms.Testing.Plans;

/// <summary>Notes every statement on a file, and asks for the plan of each.</summary>
public sealed class ExplainingSqlite(string file) : IExplainingDatabase
{
    private readonly List<string> _statements = [];

    public DatabaseKind Kind => DatabaseKind.Sqlite;

    public async Task<IReadOnlyList<string>> Plans()
    {
        await using var connection = Connection();
        await connection.OpenAsync();
        return [.. _statements.Select(sql => Plan(connection, sql))];
    }

    public async ValueTask<DbConnection> Open(CancellationToken cancel = default)
    {
        var connection = Connection();
        await connection.OpenAsync(cancel);
        raw.sqlite3_trace(connection.Handle, (_, sql) => _statements.Add(sql), null);
        return connection;
    }

    private SqliteConnection Connection() => new($"Data Source={file};Pooling=False");

    private static string Plan(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"explain query plan {sql}";
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return string.Join('\n', steps);
    }
}
