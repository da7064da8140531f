using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bench;
using HdrHistogram;
using Npgsql;

namespace Replay;

/// <summary>What it takes to answer for the past of an aggregate of very many events: a repeat of a command, and a version.</summary>
public sealed class Repeats(Context context, HttpClient http, NpgsqlDataSource database)
{
    /// <summary>Asks for versions all over a stream, in turn by the key of a command that made one and by its number.</summary>
    public async Task Measure(int events, int requests)
    {
        var company = (await TmsCompany.Register(http, 1))[0];
        var id = await new LongStream(context, company).Grow(events);
        var versions = new Random(7).GetItems([.. Enumerable.Range(3, events - 2)], requests);
        await AddKeys(company, id, versions);
        await database.Execute("vacuum analyze");
        var (repeats, views) = (Figure.NewHistogram(), Figure.NewHistogram());
        for (var i = -requests / 10; i < requests; i++)
        {
            if (i == 0) (repeats, views) = (Figure.NewHistogram(), Figure.NewHistogram());
            var n = Math.Abs(i);
            await Timed(repeats, () => company.Repeat(Send(id), $"{n}"), versions[n]);
            await Timed(views, () => company.Get($"/api/v2/economy/invoices/{id}?version={versions[n]}"), versions[n]);
        }

        var kept = await database.Value<long>($"select count(*) from kept_snapshots where stream_id = '{id}'");
        var bytes =
            await database.Value<long>($"select coalesce(sum(length(state)), 0)::bigint from kept_snapshots where stream_id = '{id}'");
        new Figure($"tms|repeat|{events}", new() { ["kept"] = kept, ["kept_bytes"] = bytes }).With("repeat_", repeats)
            .With("version_", views).Write(context.Json);
    }

    private static string Send(Guid id) => $"/api/v2/economy/invoices/{id}/send";

    // As the edge derives it from a request; the path has no version there.
    private static byte[] Key(TmsCompany company, Guid id, int n) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{company.Id}\n{company.User}\nPOST\n/api/economy/invoices/{id}/send\n{n}"));

    private static async Task Timed(HistogramBase histogram, Func<Task<JsonElement>> ask, int version)
    {
        var start = Stopwatch.GetTimestamp();
        var view = await ask();
        histogram.RecordValue(Math.Max(1, Stopwatch.GetElapsedTime(start).Ticks / TimeSpan.TicksPerMicrosecond));
        if (view.GetProperty("version").GetInt32() != version)
            throw new InvalidOperationException($"Asked for version {version}, got {view}");
    }

    private async Task AddKeys(TmsCompany company, Guid id, int[] versions)
    {
        var (other, _) = await company.Create("Customer 0");
        await company.Repeat(Send(other), "other");
        await database.Run("repeat-keys", company.Id, id, versions.Select((_, n) => Key(company, id, n)).ToArray(), versions, other);
    }
}
