using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Tms.Testing.Postgres;

/// <summary>Dumps and restores as an operator does by hand, with PostgreSQL's own programs.</summary>
public static class PostgresDumps
{
    /// <summary>Writes a database into a file; <paramref name="options"/> are pg_dump's.</summary>
    public static Task Dump(string database, string file, params string[] options) =>
        Run("pg_dump", database, ["--file", file, .. options]);

    /// <summary>Reads a dump of SQL into a database.</summary>
    public static Task Load(string database, string file) =>
        Run("psql", database, ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", "--file", file]);

    private static async Task Run(string program, string database, string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(PostgresBinaries.Folder, program), arguments) { RedirectStandardError = true };
        var to = new NpgsqlConnectionStringBuilder(database);
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (to.Host, to.Port.ToString(CultureInfo.InvariantCulture));
        (start.Environment["PGDATABASE"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) =
            (to.Database, to.Username, to.Password);
        using var process = Process.Start(start)!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
    }
}
