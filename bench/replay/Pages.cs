using System.Diagnostics;
using Bench;
using HdrHistogram;
using Npgsql;

namespace Replay;

/// <summary>Whether a page costs the same in a large company as in a small one.</summary>
public sealed class Pages(Context context, HttpClient http, NpgsqlDataSource database)
{
    // The orders that the contract promises are fast, alone and with a status; each is followed through its cursors.
    private static readonly string[] Lists =
        ["?limit=50", "?limit=50&status=sent", "?limit=50&sort=-number", "?limit=50&status=paid&sort=number"];

    /// <summary>Fills two companies' read models by SQL and asks both for pages in turn, so that both see the same machine.</summary>
    public async Task Measure(int small, int large, int requests)
    {
        var companies = await TmsCompany.Register(http, 2);
        await Fill(companies[0], small);
        await Fill(companies[1], large);
        await database.Execute("vacuum analyze invoices");
        await database.Execute("checkpoint");
        var histograms = companies.Select(_ => Figure.NewHistogram()).ToArray();
        var walks = companies.Select(c => new Walk(c)).ToArray();
        for (var i = -requests / 10; i < requests; i++)
        {
            for (var c = 0; c < walks.Length; c++)
            {
                var micros = await walks[c].Next();
                if (i >= 0)
                {
                    histograms[c].RecordValue(micros);
                }
            }
        }

        Write(small, histograms[0]);
        Write(large, histograms[1]);
    }

    private void Write(int size, HistogramBase histogram) =>
        new Figure($"tms|page|{size}", new() { ["pages"] = histogram.TotalCount }).With("", histogram).Write(context.Json);

    // The three invoices made by commands give the rows to copy: a draft, a paid one and, the newest, a sent one.
    private async Task Fill(TmsCompany company, int size)
    {
        await company.Create("Customer draft");
        var (paid, _) = await company.Create("Customer paid");
        await company.Send(paid);
        await company.Pay(paid);
        var (sent, _) = await company.Create("Customer sent");
        await company.Send(sent);
        await database.Run("fill-invoices", company.Id, size - 3);
    }

    private sealed class Walk(TmsCompany company)
    {
        private readonly string?[] _cursors = new string?[Lists.Length];
        private int _turn;

        public async Task<long> Next()
        {
            var list = _turn++ % Lists.Length;
            var cursor = _cursors[list] is { } c ? $"&cursor={Uri.EscapeDataString(c)}" : "";
            var start = Stopwatch.GetTimestamp();
            var page = await company.Get($"/api/v2/economy/invoices{Lists[list]}{cursor}");
            var micros = Stopwatch.GetElapsedTime(start).Ticks / TimeSpan.TicksPerMicrosecond;
            _cursors[list] = page.GetProperty("nextCursor").GetString();
            return Math.Max(1, micros);
        }
    }
}
