using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.Api.Hosting;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Documents;

public sealed class DocumentTests(SharedApi shared) : IClassFixture<SharedApi>
{
    [Fact]
    public async Task Each_version_has_its_own_document_with_paths_that_name_it()
    {
        using var two = await shared.Api.Get("/openapi/v2.json");
        Assert.Equal(HttpStatusCode.OK, two.StatusCode);
        var paths = (await two.Json()).GetProperty("paths");
        Assert.True(paths.TryGetProperty("/api/v2/guarded", out _));
        using var one = await shared.Api.Get("/openapi/v1.json");
        var old = (await one.Json()).GetProperty("paths");
        Assert.True(old.TryGetProperty("/api/v1/things", out var things));
        Assert.True(things.GetProperty("get").GetProperty("deprecated").GetBoolean());
        Assert.False(old.TryGetProperty("/api/v1/guarded", out _));
    }

    [Fact]
    public async Task A_document_says_the_bounds_that_requests_are_held_to()
    {
        using var answer = await shared.Api.Get("/openapi/v2.json");
        var document = await answer.Json();
        var thing = document.GetProperty("components").GetProperty("schemas").GetProperty("ThingRequest");
        Assert.Contains("name", thing.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        var properties = thing.GetProperty("properties");
        Assert.Equal(20, properties.GetProperty("name").GetProperty("maxLength").GetInt32());
        Assert.Equal(500, properties.GetProperty("note").GetProperty("maxLength").GetInt32());
        Assert.Equal(0.0001m, properties.GetProperty("unitPrice").GetProperty("multipleOf").GetDecimal());
        Assert.Equal(1000m, properties.GetProperty("unitPrice").GetProperty("maximum").GetDecimal());
        Assert.Equal(9999999999.99m, properties.GetProperty("amount").GetProperty("maximum").GetDecimal());
        Assert.Equal(90, properties.GetProperty("days").GetProperty("maximum").GetInt32());
        Assert.Equal(3, properties.GetProperty("lines").GetProperty("maxItems").GetInt32());
    }

    [Fact]
    public async Task An_operation_says_its_headers_problems_and_security()
    {
        using var answer = await shared.Api.Get("/openapi/v2.json");
        var put = (await answer.Json()).GetProperty("paths").GetProperty("/api/v2/guarded/{id}").GetProperty("put");
        var match = put.GetProperty("parameters").EnumerateArray().Single(p => p.GetProperty("name").GetString() == "If-Match");
        Assert.True(match.GetProperty("required").GetBoolean());
        Assert.True(put.GetProperty("responses").TryGetProperty("428", out _));
        Assert.True(put.GetProperty("security")[0].TryGetProperty("bearer", out _));
    }

    [Fact]
    public async Task A_document_is_made_once_and_not_sent_to_whoever_has_it()
    {
        using var first = await shared.Api.Get("/openapi/v2.json");
        var tag = first.Headers.ETag!.ToString();
        Assert.Equal("public, max-age=300", first.Header("Cache-Control"));
        using var other = await shared.Api.Get("/openapi/v1.json");
        Assert.NotEqual(tag, other.Headers.ETag!.ToString());
        foreach (var known in (string[])[tag, "W/" + tag, "*", $"\"x\", {tag}"])
        {
            using var again = await shared.Api.Get("/openapi/v2.json", ("If-None-Match", known));
            Assert.Equal((HttpStatusCode.NotModified, tag), (again.StatusCode, again.Headers.ETag!.ToString()));
        }

        using var head = await shared.Api.Send(HttpMethod.Head, "/openapi/v2.json");
        Assert.Equal((HttpStatusCode.OK, first.Content.Headers.ContentLength), (head.StatusCode, head.Content.Headers.ContentLength));
        using var none = await shared.Api.Get("/openapi/v3.json");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Whoever_asks_for_health_within_a_second_gets_the_same_report()
    {
        var asked = 0;
        await using var api = await ApiHost.Start(
            services: s => s.AddHealthChecks()
                .AddCheck(
                    "store", () => Interlocked.Increment(ref asked) > 1 ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy()));
        foreach (var answer in await Task.WhenAll(
            ((string[])["/health", "/health/ready", "/services", "/health/ready"]).Select(path => api.Get(path))))
        {
            using (answer) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(1, asked);
        api.Time.Advance(TimeSpan.FromSeconds(1));
        using var later = await api.Get("/health/ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 2), (later.StatusCode, asked));
    }

    [Fact]
    public async Task The_pages_load_nothing_from_elsewhere()
    {
        using var page = await shared.Api.Get("/docs/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        var policy = page.Header("Content-Security-Policy");
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{nonce}\"", html, StringComparison.Ordinal);
        var script = html.Split("src=\"")[1].Split('"')[0];
        using var loaded = await shared.Api.Get("/docs/" + script);
        Assert.Equal(HttpStatusCode.OK, loaded.StatusCode);
        using var errors = await shared.Api.Get("/docs/errors");
        var codes = await errors.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("id=\"company_required\"", codes, StringComparison.Ordinal);
        Assert.Contains("<dt id=\"invoice_not_draft\"><code>invoice_not_draft</code></dt><dd>409: ", codes, StringComparison.Ordinal);
        Assert.Single(codes.Split("<dt id=\"required\">").Skip(1));
    }

    [Fact]
    public async Task Health_names_every_part()
    {
        await using var api = await ApiHost.Start(services: s =>
        {
            s.AddSingleton(new Module("ECONOMY", ["store"]));
            s.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Unhealthy())
                .AddCheck("cluster", () => HealthCheckResult.Healthy());
        });
        using var health = await api.Get("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        var body = await health.Json();
        Assert.Equal("unhealthy", body.GetProperty("status").GetString());
        Assert.Equal(
            "unhealthy healthy",
            $"{body.GetProperty("services").GetProperty("store")} {body.GetProperty("services").GetProperty("cluster")}");
        using var live = await api.Get("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        using var ready = await api.Get("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        using var services = await api.Get("/services");
        Assert.Equal("unhealthy", (await services.Json())[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_node_that_cannot_write_is_ready_and_names_the_part_that_is_not_well()
    {
        await using var api =
            await ApiHost.Start(services: s => s.AddHealthChecks().AddCheck("writer", () => HealthCheckResult.Degraded()));
        using var health = await api.Get("/health");
        var body = await health.Json();
        Assert.Equal((HttpStatusCode.OK, "degraded"), (health.StatusCode, body.GetProperty("status").GetString()));
        Assert.Equal("unhealthy", body.GetProperty("services").GetProperty("writer").GetString());
        using var ready = await api.Get("/health/ready");
        Assert.Equal((HttpStatusCode.OK, "degraded"), (ready.StatusCode, (await ready.Json()).GetProperty("status").GetString()));
    }
}
