using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tms.Silo.Cluster;

/// <summary>The connection strings of a silo.</summary>
internal static class ConnectionStrings
{
    /// <summary>Refuses what Npgsql cannot read. The message does not repeat it: it may hold a password.</summary>
    internal static void Check(string? postgres)
    {
        if (postgres is null) return;
        try
        {
            Require(new NpgsqlConnectionStringBuilder(postgres).Host);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            throw new InvalidOperationException($"ConnectionStrings:Tms is not a connection string of PostgreSQL: {e.Message}", e);
        }
    }

    internal static string Sqlite(string file) => new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;

    private static void Require(string? host)
    {
        if (string.IsNullOrEmpty(host)) throw new InvalidOperationException("ConnectionStrings:Tms names no Host.");
    }
}
