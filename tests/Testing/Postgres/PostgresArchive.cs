using System.Globalization;

namespace Tms.Testing.Postgres;

/// <summary>
/// The WAL of a server, kept, and its recovery to a point in time: both as a page of the docs tells an operator, word for word.
/// </summary>
public sealed class PostgresArchive(PostgresServer server, string page)
{
    private const string Today = "2026-11-23";
    private const string Moment = "2026-11-23 02:55:00+01";

    /// <summary>Gives the server an archive, and starts it anew.</summary>
    public async Task Begin()
    {
        await server.Run(
            $"mkdir archive\npsql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres <<'SQL'\n{Here(Block("```sql", "alter "
                + "system set archive_mode"))}SQL");
        await server.StopFast();
        await server.Start();
    }

    /// <summary>Copies the files of the running server.</summary>
    public Task Copy() =>
        server.Run(Here(Words("pg_basebackup -D /archive/base-$(date +%F) -X stream -c fast"))
            .Replace("$(date +%F)", Today, StringComparison.Ordinal));

    /// <summary>Ends the server as a power cut does, and recovers what it had at that time; returns when it takes writes again.</summary>
    public async Task RecoverTo(DateTimeOffset time)
    {
        await server.Stop();
        var steps = Here(Block("```bash", $"cp -a /archive/base-{Today}"))
            .Replace(Moment, time.ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await server.Run($"PGDATA=$PWD/data\nmv $PGDATA $PGDATA.lost\n{steps}");
        await server.StartRecovering();
    }

    private string Here(string text) => text.Replace("/archive", $"{server.Folder}/archive", StringComparison.Ordinal);

    private string Words(string words) =>
        page.Contains(words, StringComparison.Ordinal) ? words : throw new InvalidOperationException($"The page does not say '{words}'.");

    // A block of the page, by its kind and its beginning.
    private string Block(string fence, string beginning)
    {
        var from = page.IndexOf(Words($"{fence}\n{beginning}"), StringComparison.Ordinal) + fence.Length + 1;
        return page[from..page.IndexOf("```", from, StringComparison.Ordinal)];
    }
}
