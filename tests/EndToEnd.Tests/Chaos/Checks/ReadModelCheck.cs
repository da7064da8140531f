using Npgsql;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>The tables that queries read are what a rebuild makes of the log. Nobody may write meanwhile.</summary>
internal sealed class ReadModelCheck(Client admin, string database)
{
    private const string Projections = "/api/v2/admin/projections";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<string>> Faults()
    {
        var faults = new List<string>();
        foreach (var item in (await admin.Get(Projections)).Expect(200)["items"].EnumerateArray())
            faults.AddRange(await Of(item.GetProperty("name").GetString()!));
        return faults;
    }

    private async Task<IReadOnlyList<string>> Of(string table)
    {
        await Read($"create table before_{table} as select t::text as row from {table} t");
        (await admin.Post($"{Projections}/{table}/rebuild")).Expect(202);
        if (await Rebuilt(table) is not "done" and var state) return [$"{table}: the rebuild is {state}"];
        var different = await Read($"""
            (select 'lived ' || row from before_{table} except all select 'lived ' || t::text from {table} t)
            union all (select 'rebuilt ' || t::text from {table} t except all select 'rebuilt ' || row from before_{table}) limit 6
            """);
        await Read($"drop table before_{table}");
        return [.. different.Select(row => $"{table}: {row}")];
    }

    private async Task<string> Rebuilt(string table)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            var state = StateOf(table, await admin.Get(Projections));
            if (state is "done" || state.StartsWith("failed", StringComparison.Ordinal) || limit.IsCancellationRequested) return state;
            await poll.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static string StateOf(string table, Answer answer)
    {
        var item = answer.Expect(200)["items"].EnumerateArray().Single(item => item.GetProperty("name").GetString() == table);
        var rebuild = item.GetProperty("rebuild");
        return rebuild.GetProperty("state").GetString()!
            + (rebuild.TryGetProperty("error", out var error) && error.GetString() is { } why ? $": {why}" : "");
    }

    private async Task<IReadOnlyList<string>> Read(string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
