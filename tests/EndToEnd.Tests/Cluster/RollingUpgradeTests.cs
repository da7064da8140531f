using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.NextRelease;
using Tms.ReadModels.Hosting;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>
/// Today's program and the next release side by side on one database: one cluster, one company, two sets of read models and of event
/// schemas.
/// </summary>
public sealed class RollingUpgradeTests
{
    private const string Invoices = "/api/v2/economy/invoices";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Two_releases_work_on_one_company_and_every_row_is_the_fold_of_the_log()
    {
        using var site = await ApiSite.OnPostgres();
        await using var today = await site.Host();
        var idle = await Companies.Register(new Client(() => today.Http));
        var busy = await Companies.Register(new Client(() => today.Http));
        await Create(today, idle);
        await Create(today, busy);

        await using var next = await ApiProcess.Start(
            ApiSite.WithAdmin(site.Settings("--Tms:RateLimiting:Enabled=false")) with { Program = ApiProgram.NextRelease });
        await next.Said("The read models of all companies are up to date");
        Assert.Equal(1, await Count(site, $"invoice_changes where tenant = '{idle.Id}'"));
        var load = new InvoiceLoad([today, next], [busy]);
        load.Start(clients: 8);
        await TakeTurns(site, busy, load);
        await load.Stop().WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal("", load.Refused);
        Assert.True(await Turns(site, busy) > 5, "The releases did not take turns: this test proves nothing.");
        await EachReadsAll(today, next, busy, load.All);

        await today.Stop();
        await Create(next, busy);
        await EveryRowIsTheFold(site);
    }

    /// <summary>
    /// Where a grain is made follows from what the silos say of their load, and they say it once a second: for a while one of them may get
    /// all.
    /// </summary>
    private static async Task TakeTurns(ApiSite site, Company company, InvoiceLoad load)
    {
        for (var enough = 150; enough <= 15_000 && (enough == 150 || await Turns(site, company) <= 5); enough += 300)
        {
            await load.Until(all => all.Count >= enough, Limit);
        }
    }

    private static async Task Create(RunningApi node, Company company) =>
        (await new Client(() => node.Http, company.Lead.Token).Post(Invoices, Some.Invoice(), ("Idempotency-Key", Some.Key()))).Expect(201);

    private static Task<long> Count(ApiSite site, string what) =>
        PostgresDatabases.Scalar<long>(site.Postgres!, $"select count(*) from {what}");

    /// <summary>How often the writer changed: each release writes a schema version of its own.</summary>
    private static Task<long> Turns(ApiSite site, Company company) => Count(site, $"""
        (select schema_version <> lag(schema_version) over (order by sequence) as turned from events where tenant = '{company.Id}' and type
          = 'INVOICE_CREATED') e where turned
        """);

    /// <summary>Grains live on either node: each answers for invoices whose events the other wrote.</summary>
    private static async Task EachReadsAll(RunningApi today, RunningApi next, Company company, IReadOnlyList<Acknowledged> all)
    {
        foreach (var invoice in all.Select(a => a.Invoice).Distinct())
        {
            var answers = await Task.WhenAll(
                new[] { today, next }.Select(node => new Client(() => node.Http, company.Lead.Token).Get($"{Invoices}/{invoice}")));
            Assert.Equal(answers[0].Expect(200).Body, answers[1].Expect(200).Body);
        }
    }

    private static async Task EveryRowIsTheFold(ApiSite site)
    {
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System).AddLogging()
            .AddSingleton(MasterKey.Load(null, site.DataPath)).AddReadModels().AddPostgresEventStore(site.Postgres!).AddNextRelease()
            .BuildServiceProvider();
        var models = services.GetRequiredService<IReadModels>();
        Assert.Contains("invoice_changes", models.Tables);
        foreach (var table in models.Tables)
        {
            var live = await Rows(site, table);
            await models.Rebuild(table, TestContext.Current.CancellationToken);
            Assert.Equal(await Rows(site, table), live);
        }
    }

    private static async Task<string[]> Rows(ApiSite site, string table) =>
        (await PostgresDatabases.Scalar<string>(
            site.Postgres!, $"select coalesce(string_agg(t::text, chr(10) order by t::text), '') from {table} t")).Split('\n');
}
