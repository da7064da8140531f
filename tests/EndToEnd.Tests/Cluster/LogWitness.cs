using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>Reads a database's log as it stands, without any of the processes that wrote it.</summary>
internal sealed class LogWitness : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public LogWitness(ApiSite site) => _services = new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSingleton(TimeProvider.System).AddLogging()
        .AddPostgresEventStore(site.Postgres!).BuildServiceProvider();

    /// <summary>A company's whole log, after checking that its sequence has no gap, its chain fits and its head is at its end.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> Sound(Guid company)
    {
        var reader = _services.GetRequiredService<IEventReader>();
        var tenant = new TenantId(company);
        var log = new List<RecordedEvent>();
        while (await reader.ReadCompany(tenant, new(log.Count), 100_000, TestContext.Current.CancellationToken) is { Count: > 0 } page)
            log.AddRange(page);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Sequence.Value));
        foreach (var stream in log.GroupBy(e => e.Stream))
            Assert.Equal(Enumerable.Range(1, stream.Count()), stream.Select(e => e.Version.Value));
        var hash = HashChain.Genesis(tenant);
        foreach (var e in log)
        {
            hash = HashChain.Next(hash, e);
            Assert.Equal(Convert.ToHexString(hash), Convert.ToHexString(e.Hash));
        }

        var head = await reader.Head(tenant, TestContext.Current.CancellationToken);
        Assert.Equal((log.Count, Convert.ToHexString(hash)), (head.Sequence.Value, Convert.ToHexString(head.Hash)));
        return log;
    }

    /// <summary>Where each company's log ends.</summary>
    public async Task<Dictionary<Guid, long>> Heads(IEnumerable<Company> companies)
    {
        var reader = _services.GetRequiredService<IEventReader>();
        var heads = new Dictionary<Guid, long>();
        foreach (var company in companies)
            heads[company.Id] = (await reader.Head(new TenantId(company.Id), TestContext.Current.CancellationToken)).Sequence.Value;
        return heads;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
