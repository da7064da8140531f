using System.Diagnostics;
using Bench;
using Npgsql;

namespace Replay;

/// <summary>An invoice with thousands of events: what an append to it writes, and what loading it takes.</summary>
public sealed class LongAggregate(Context context, HttpClient http, NpgsqlDataSource database)
{
    private const int Window = 100;

    /// <summary>
    /// Updates one draft until it has so many events. The last hundred appends before 100, 1,000, 10,000 … events are measured.
    /// </summary>
    public async Task Grow(int events, int copies)
    {
        var company = (await TmsCompany.Register(http, 1))[0];
        var (id, version) = await company.Create("Customer 0");
        for (var length = 100; length <= events; length *= 10)
        {
            // The first window starts at the first event: it has one append less.
            (_, version) = await Update(company, id, version, length - Window);
            await MeasureWindow(company, id, version, length);
            version = length;
        }

        await Update(company, id, version, events);
        await Copy(company, id, copies);
        await File.WriteAllLinesAsync(context.Ids, [company.Token, company.Id.ToString(), id.ToString()]);
        Console.WriteLine($"{copies} copies of an invoice of {events} events");
    }

    /// <summary>Loads every copy for the first time since the server started, one at a time.</summary>
    public async Task LoadCold()
    {
        var saved = await File.ReadAllLinesAsync(context.Ids);
        var (tenant, original) = (Guid.Parse(saved[1]), Guid.Parse(saved[2]));
        var company = TmsCompany.Known(http, tenant, saved[0]);
        await WarmUp();
        var histogram = Figure.NewHistogram();
        var length = 0;
        foreach (var id in await Streams(tenant, original))
        {
            var start = Stopwatch.GetTimestamp();
            var view = await company.Get($"/api/v2/economy/invoices/{id}");
            histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(start).Ticks / TimeSpan.TicksPerMicrosecond));
            length = view.GetProperty("version").GetInt32();
        }

        new Figure($"tms|cold|{length}", new() { ["loads"] = histogram.TotalCount }).With("", histogram).Write(context.Json);
    }

    private static async Task<(Guid Id, int Version)> Update(TmsCompany company, Guid id, int from, int to)
    {
        var version = from;
        while (version < to)
        {
            (_, version) = await company.Update(id, version, $"Customer {version}");
        }

        return (id, version);
    }

    private async Task MeasureWindow(TmsCompany company, Guid id, int version, int length)
    {
        var (log, rows) = (await LogBytes(), await EventBytes(id));
        var watch = Stopwatch.StartNew();
        await Update(company, id, version, length);
        var appends = (double)(length - version);
        new Figure($"tms|append|{length}", new()
        {
            ["appends"] = appends,
            ["wal_bytes/append"] = (await LogBytes() - log) / appends,
            ["event_bytes/append"] = (await EventBytes(id) - rows) / appends,
            ["snapshot_bytes"] =
                await database.Value<long>($"select coalesce(sum(length(state)), 0)::bigint from snapshots where stream_id = '{id}'"),
            ["mean_ms"] = watch.Elapsed.TotalMilliseconds / appends,
        }).Write(context.Json);
    }

    // The whole server's write-ahead log: nothing else of note may be running.
    private Task<long> LogBytes() => database.Value<long>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");

    private Task<long> EventBytes(Guid id) =>
        database.Value<long>($"select coalesce(sum(length(data) + length(metadata)), 0)::bigint from events where stream_id = '{id}'");

    private async Task Copy(TmsCompany company, Guid id, int copies)
    {
        await database.Run("copy-stream", company.Id, id, copies);
        await database.Run("readers-to-heads");
        await database.Execute("vacuum analyze");
    }

    // Compiles the way of a cold load, with aggregates that are not measured.
    private async Task WarmUp()
    {
        var other = (await TmsCompany.Register(http, 1))[0];
        for (var i = 0; i < 200; i++)
        {
            var (id, _) = await other.Create($"Customer {i}");
            await other.Get($"/api/v2/economy/invoices/{id}");
        }
    }

    private async Task<List<Guid>> Streams(Guid tenant, Guid original)
    {
        await using var command = database.CreateCommand(
            "select distinct stream_id from events where tenant = $1 and version = 2 and stream_type = 'invoices' and stream_id <> $2");
        command.Parameters.AddRange(new[] { new NpgsqlParameter { Value = tenant }, new NpgsqlParameter { Value = original } });
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await reader.ReadAsync())
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }
}
