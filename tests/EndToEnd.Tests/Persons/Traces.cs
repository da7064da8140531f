using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Persons;

/// <summary>Everywhere that something of a person could be left on a site.</summary>
internal static class Traces
{
    private const string PostgresTables = "select table_name::text from information_schema.tables where table_schema = 'public' order by 1";
    private const string SqliteTables = "select name from sqlite_master where type = 'table' order by 1";

    /// <summary>Tables and files in which a marker stands.</summary>
    public static async Task<IReadOnlyList<string>> Of(Marker marker, ApiSite site) =>
        [.. await InTables(marker, site), .. InFiles(marker, site)];

    /// <summary>Tables in which a marker stands.</summary>
    public static async Task<IReadOnlyList<string>> InTables(Marker marker, ApiSite site)
    {
        await using var store = StoreOf.Open(site);
        var database = store.GetRequiredService<IDatabase>();
        var tables = await database.Query(
            database.Kind == DatabaseKind.Postgres ? PostgresTables : SqliteTables, r => r.GetString(0),
            TestContext.Current.CancellationToken);
        Assert.Contains("events", tables);
        var found = new List<string>();
        foreach (var table in tables)
        {
            if ((await database.Query($"select * from \"{table}\"", Bytes, TestContext.Current.CancellationToken))
                .Exists(row => marker.StandsIn(row))) found.Add(table);
        }

        return found;
    }

    /// <summary>The rows of a table as texts, sorted.</summary>
    public static async Task<IReadOnlyList<string>> Rows(string table, ApiSite site)
    {
        await using var store = StoreOf.Open(site);
        return [.. (await store.GetRequiredService<IDatabase>()
            .Query($"select * from {table}", r => Convert.ToHexString(Bytes(r)), TestContext.Current.CancellationToken))
            .Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> InFiles(Marker marker, ApiSite site) =>
        Directory.EnumerateFiles(site.DataPath, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal) && marker.StandsIn(Content(file)))
        .Select(file => Path.GetRelativePath(site.DataPath, file));

    private static byte[] Content(string file)
    {
        // The program may have it open.
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[open.Length];
        open.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes;
    }

    private static byte[] Bytes(System.Data.Common.DbDataReader row)
    {
        var all = new List<byte>();
        for (var i = 0; i < row.FieldCount; i++)
        {
            all.AddRange(
                row.GetValue(i) switch
                {
                    byte[] bytes => bytes,
                    string text => Encoding.UTF8.GetBytes(text),
                    var other => Encoding.UTF8.GetBytes($"{other}")
                });
            all.Add(0);
        }

        return [.. all];
    }
}
