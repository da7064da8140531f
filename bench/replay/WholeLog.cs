using System.Diagnostics;
using Bench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.ReadModels.Hosting;

namespace Replay;

/// <summary>How fast the whole log is read, and read and folded into the rows of the read models.</summary>
public sealed class WholeLog(Context context, HttpClient http, NpgsqlDataSource database)
{
    private const int Companies = 50;
    private const int Batch = 5_000;

    /// <summary>One paid invoice per company by commands; the others are copies of its events.</summary>
    public async Task Fill(int invoices)
    {
        foreach (var company in await TmsCompany.Register(http, Companies))
        {
            var (id, _) = await company.Create("Customer 1");
            await company.Send(id);
            await company.Pay(id);
        }

        await database.Run("copy-invoices", "invoices", (invoices / Companies) - 1);
        await database.Run("readers-to-heads");
        await database.Execute("vacuum analyze");
    }

    public async Task Read()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System).AddReadModels().AddPostgresEventStore(context.Database);
        using var host = builder.Build();
        var reader = host.Services.GetRequiredService<IEventReader>();
        await Measure("read", reader, static _ => { });

        var projections = host.Services.GetServices<IInlineProjection>().ToArray();
        var entries = host.Services.GetServices<IInlineEntries>().ToArray();
        var rows = new Dictionary<(int Projection, StreamName Stream), object?[]?>();
        var added = 0L;
        await Measure("fold", reader, e =>
        {
            for (var i = 0; i < projections.Length; i++)
            {
                if (projections[i].Follows(e.Stream.Type))
                {
                    rows[(i, e.Stream)] = projections[i].RowAfter(rows.GetValueOrDefault((i, e.Stream)), e);
                }
            }

            added += entries.Where(x => x.Follows(e.Stream.Type)).Sum(x => x.Of(e).Count);
        });
        Console.WriteLine($"{rows.Count} rows, {added} entries");
    }

    // Partition after partition, as a rebuild would; the events are read in their order, without a gap between batches.
    private async Task Measure(string what, IEventReader reader, Action<RecordedEvent> handle)
    {
        var heads = await reader.PartitionHeads();
        var (count, bytes) = (0L, 0L);
        var watch = Stopwatch.StartNew();
        foreach (var (partition, head) in heads)
        {
            for (var after = new GlobalPosition(0); after.Value < head.Value;)
            {
                var events = await reader.ReadPartition(partition, after, Batch);
                foreach (var e in events)
                {
                    handle(e);
                    bytes += e.Data.Length;
                }

                count += events.Count;
                after = events[^1].Position;
            }
        }

        var seconds = watch.Elapsed.TotalSeconds;
        var expected = await database.Value<long>("select count(*) from events");
        if (count != expected)
        {
            throw new InvalidOperationException($"read {count} events of {expected}");
        }

        new Figure(
            $"tms|{what}|{count}", new() { ["events/s"] = count / seconds, ["MB/s"] = bytes / seconds / 1e6, ["seconds"] = seconds }).Write(
                context.Json);
    }
}
