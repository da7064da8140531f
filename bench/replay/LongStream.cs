using Bench;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.ReadModels.Hosting;

namespace Replay;

/// <summary>
/// Makes one draft of very many events: its own update again and again from another writer, and every hundredth time by a command.
/// </summary>
/// <remarks>The command takes a snapshot along, as a hundred commands would.</remarks>
public sealed class LongStream(Context context, TmsCompany company)
{
    private const int Stretch = 99;

    /// <summary>The draft's id, when it has so many events.</summary>
    public async Task<Guid> Grow(int events)
    {
        var (id, version) = await company.Create("Customer 0");
        (_, version) = await company.Update(id, version, "Customer 1");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System).AddReadModels().AddPostgresEventStore(context.Database);
        using var host = builder.Build();
        var writer = host.Services.GetRequiredService<IEventWriter>();
        var stream = new StreamName("invoices", id);
        var update = (await host.Services.GetRequiredService<IEventReader>().ReadStream(new(company.Id), stream, new(1), 1))[0];
        while (version < events)
        {
            if (await writer.Append(Again(update, version)) is not AppendResult.Appended)
                throw new InvalidOperationException("Somebody else writes to the draft.");
            (_, version) = await company.Update(id, version + Stretch, $"Customer {version}");
        }

        return id;
    }

    private static AppendUnit Again(RecordedEvent update, int version) => new()
    {
        Tenant = update.Tenant,
        Metadata = update.Metadata,
        Streams =
        [
            new(update.Tenant, update.Stream, new(version),
                [.. Enumerable.Range(0, Stretch)
                    .Select(_ => new EventData(Guid.CreateVersion7(), update.Type, update.SchemaVersion, update.Data))]),
        ],
    };
}
