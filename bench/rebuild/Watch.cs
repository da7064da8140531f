using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Rebuild;

/// <summary>Looks at the process's memory, at the partition of the large company, and at the company's list, many times a second.</summary>
internal sealed class Watch(Store store, Company large) : IDisposable
{
    private readonly NpgsqlConnection _session = store.Database.CreateConnection();

    public double PeakRss { get; private set; } = Rss();

    /// <summary>The longest that the partition's lock was waited for.</summary>
    public TimeSpan LongestLock { get; private set; }

    public int Lists { get; private set; }

    /// <summary>Lists that were short, or lacked what had just been written.</summary>
    public int Wrong { get; private set; }

    public async Task Run(bool lists, CancellationToken end)
    {
        await _session.OpenAsync(CancellationToken.None);
        await Task.WhenAll(Repeat(5, Probe, end), Repeat(200, () => Look(lists), end));
    }

    /// <summary>Resident memory of this process, MiB.</summary>
    public static double Rss() => double.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    public void Dispose() => _session.Dispose();

    private static async Task Repeat(int milliseconds, Func<Task> look, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await look();
            await Task.Delay(milliseconds, CancellationToken.None);
        }
    }

    private async Task Probe()
    {
        var since = Stopwatch.GetTimestamp();
        await using var take = new NpgsqlCommand($"select pg_advisory_xact_lock(1414353713, {large.Tenant.Partition})", _session);
        await take.ExecuteNonQueryAsync();
        if (Stopwatch.GetElapsedTime(since) is var took && took > LongestLock) LongestLock = took;
        PeakRss = Math.Max(PeakRss, Rss());
    }

    private async Task Look(bool lists)
    {
        var written = await large.Draft();
        var page =
            await store.Invoices.Find(large.Tenant, new(), new(default, Descending: true), new PageRequest(50), CancellationToken.None);
        Lists++;
        if (page.Items.All(i => i.Id != written) || (lists && page.Items.Count < 50)) Wrong++;
    }
}
