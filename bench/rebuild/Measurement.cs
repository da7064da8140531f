using System.Diagnostics;
using Bench;
using Tms.EventStore;

namespace Rebuild;

/// <summary>Others' commands quiet and during rebuilds, and whether the company that is rebuilt notices.</summary>
internal sealed class Measurement(Store store, Company large, double rate, TimeSpan quiet, string? json)
{
    private const int Others = 20;
    private const int Samples = 500;
    private readonly Company[] _others = [.. Enumerable.Range(0, Others).Select(_ => new Company(store))];

    /// <summary>Answers the exit code: 0 if rows are right and nobody found a list empty or stale.</summary>
    public async Task<int> Run()
    {
        await During("warm", () => Task.Delay(TimeSpan.FromSeconds(10)), lists: false, write: false);
        var wrong = await Beside("rows from nothing", lists: false);
        await store.Execute("update invoices set gross = gross + 1 where tenant = $1", large.Tenant.Value);
        await store.Execute("vacuum analyze invoices");
        wrong += await Beside("every row wrong", lists: true);
        wrong += await Beside("every row right", lists: true);
        wrong += await Differences();
        Console.WriteLine($"{wrong} wrong");
        return wrong == 0 ? 0 : 2;
    }

    /// <summary>Others' commands without the rebuild, and with it right after.</summary>
    private async Task<int> Beside(string what, bool lists)
    {
        await During($"quiet before: {what}", () => Task.Delay(quiet), lists: false);
        return await During(what, Rebuild, lists);
    }

    private async Task Rebuild()
    {
        await store.ReadModels.Rebuild("invoices", CancellationToken.None);
        await store.ReadModels.Rebuild("invoice_terms", CancellationToken.None);
    }

    private async Task<int> During(string what, Func<Task> work, bool lists, bool write = true)
    {
        using var end = new CancellationTokenSource();
        var commands = new PacedCommands(_others, rate);
        using var watch = new Watch(store, large);
        GC.Collect();
        var before = Watch.Rss();
        var (writing, watching) = (commands.Run(end.Token), watch.Run(lists, end.Token));
        var since = Stopwatch.GetTimestamp();
        await work();
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        await end.CancelAsync();
        await Task.WhenAll(writing, watching);
        var figure = new Figure($"rebuild|{what}", new()
        {
            ["seconds"] = seconds,
            ["commands"] = commands.Latency.TotalCount,
            ["rss_MiB_before"] = before,
            ["rss_MiB_peak"] =
                watch.PeakRss,
            ["longest_lock_ms"] = watch.LongestLock.TotalMilliseconds,
            ["lists"] = watch.Lists,
            ["lists_wrong"] = watch.Wrong,
        }).With("", commands.Latency);
        if (write) figure.Write(json);
        return watch.Wrong;
    }

    /// <summary>How many rows are not the fold of their streams: in number over all, cell by cell over some.</summary>
    private async Task<int> Differences()
    {
        var rows = await store.Count($"select count(*) from invoices where tenant = '{large.Tenant.Value}'");
        var streams = await store.Count(
            $"select count(*) from events where tenant = '{large.Tenant.Value}' and version = 1 and stream_type = 'invoices'");
        var terms = await store.Count($"select count(*) from invoice_terms where tenant = '{large.Tenant.Value}'");
        var wrong = rows == streams && terms >= streams ? 0 : 1;
        var table = store.Projections.Single(p => p.Table.Name == "invoices");
        await using var some = store.Database.CreateCommand(
            $"select id, gross, version, search_name from invoices where tenant = '{large.Tenant.Value}' order by md5(id::text) limit "
                + $"{Samples}");
        await using var reader = await some.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            object?[]? row = null;
            foreach (var e in await store.Reader.ReadStream(large.Tenant, new("invoices", reader.GetGuid(0)), StreamVersion.Empty, 100))
                row = table.RowAfter(row, e);
            var expected = new[] { "gross", "version", "search_name" }.Select(
                c => row?[table.Table.Columns.ToList().FindIndex(x => x.Name == c)]);
            if (!expected.SequenceEqual([reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3)])) wrong++;
        }

        return wrong;
    }
}
