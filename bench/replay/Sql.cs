using Npgsql;

namespace Replay;

/// <summary>The SQL of this program: one file per step under Sql/.</summary>
public static class Sql
{
    /// <summary>Runs a file's statement; its parameters are $1, $2 … in the order given. Answers how many rows it changed.</summary>
    public static async Task<int> Run(this NpgsqlDataSource database, string file, params object[] parameters)
    {
        await using var command = database.CreateCommand(Text(file));
        command.CommandTimeout = 0;
        command.Parameters.AddRange(parameters.Select(p => new NpgsqlParameter { Value = p }).ToArray());
        return await command.ExecuteNonQueryAsync();
    }

    public static async Task<T> Value<T>(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task Execute(this NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    private static string Text(string file)
    {
        using var reader = new StreamReader(
            typeof(Sql).Assembly.GetManifestResourceStream($"Replay.Sql.{file}.sql") ?? throw new FileNotFoundException(file));
        return reader.ReadToEnd();
    }
}
