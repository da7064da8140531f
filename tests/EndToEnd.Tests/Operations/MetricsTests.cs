using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>What an operator sees of a process at work.</summary>
public abstract class MetricsTests(ApiFixture api)
{
    [Fact]
    public async Task Every_part_shows_its_metrics_to_whoever_asks_and_nothing_of_a_tenant()
    {
        var company = await api.NewCompany();
        var invoice = (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201).Id;
        (await company.Lead.Get($"/api/v2/economy/invoices/{invoice}")).Expect(200);

        var metrics = (await api.Anonymous.Get("/metrics")).Expect(200);

        Assert.Equal("text/plain", metrics.MediaType);
        foreach (var name in (string[])
        [
            "tms_append_duration_milliseconds_count", "tms_append_waiting", "tms_streams_lag_seconds", "tms_streams_distance",
            "tms_store_up{otel_scope_name=\"Tms.EventStore\"} 1", "tms_reactors_dead_letters_waiting",
            "tms_jobs_runs_total{otel_scope_name=\"Tms.Jobs\",job_name=", "orleans_",
            "tms_append_duration_milliseconds_bucket{otel_scope_name=\"Tms.EventStore\",le=\"0.5\"}",
            "http_server_request_duration_seconds_count", "kestrel_active_connections", "dotnet_gc_collections_total",
        ]) Assert.Contains($"\n{name}", metrics.Body, StringComparison.Ordinal);
        foreach (var secret in (string[])[
            company.Id.ToString(), invoice.ToString(), company.LeadId.ToString(), "example", "Host=", "Username=", "Database="])
            Assert.DoesNotContain(secret, metrics.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task When_nobody_works_every_partition_comes_to_its_end()
    {
        var company = await api.NewCompany();
        (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await Distances()).Any(distance => distance > 0)) await poll.WaitForNextTickAsync(limit.Token);
        Assert.Equal(32, (await Distances()).Length);
    }

    [Fact]
    public async Task A_scraper_that_takes_compressed_answers_can_read_them()
    {
        var metrics = (await api.Anonymous.Get("/metrics", ("Accept-Encoding", "gzip"))).Expect(200);
        Assert.Contains("\ntms_append_waiting", metrics.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_series_is_shown_once()
    {
        var series = (await api.Anonymous.Get("/metrics")).Expect(200).Body.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line[..line.LastIndexOf(' ')]);
        Assert.Empty(series.GroupBy(name => name).Where(same => same.Count() > 1).Select(same => same.Key));
    }

    private async Task<long[]> Distances() =>
        [.. (await api.Anonymous.Get("/metrics")).Expect(200).Body.Split('\n')
            .Where(line => line.StartsWith("tms_streams_distance{", StringComparison.Ordinal))
            .Select(line => long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture))];

    [Fact]
    public async Task Metrics_are_outside_versioning()
    {
        var metrics = (await api.Anonymous.Get("/metrics", ("X-API-Version", "9"))).Expect(200);
        Assert.Null(metrics.Header("X-API-Version"));
    }
}

[Collection(SqliteCollection.Name)]
public sealed class MetricsOnSqlite(SqliteApi api) : MetricsTests(api);

[Collection(PostgresCollection.Name)]
public sealed class MetricsOnPostgres(PostgresApi postgres) : MetricsTests(postgres)
{
    [Fact]
    public async Task The_pools_of_the_database_are_told_apart_by_name() =>
        Assert.Equal(["orleans", "tms", "tms-lanes"], Pools((await postgres.Anonymous.Get("/metrics")).Expect(200).Body));

    private static IEnumerable<string> Pools(string metrics) =>
        metrics.Split("pool_name=\"").Skip(1).Select(rest => rest.Split('"')[0]).Distinct().Order();
}
