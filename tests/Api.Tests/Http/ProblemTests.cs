using System.Net;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Http;

public sealed class ProblemTests(SharedApi shared) : IClassFixture<SharedApi>
{
    [Theory]
    [InlineData("GET", "/api/v2/nowhere", 404, "not_found")]
    [InlineData("GET", "/nowhere", 404, "not_found")]
    [InlineData("DELETE", "/api/v2/things", 405, "method_not_allowed")]
    [InlineData("GET", "/api/v2/things/fault?kind=store", 503, "unavailable")]
    [InlineData("GET", "/api/v2/things/fault?kind=busy", 503, "unavailable")]
    [InlineData("GET", "/api/v2/things/fault?kind=timeout", 503, "unavailable")]
    [InlineData("GET", "/api/v2/things/fault?kind=expired", 503, "unavailable")]
    [InlineData("GET", "/api/v2/things/fault?kind=newer", 503, "unavailable")]
    [InlineData("GET", "/api/v2/things/fault?kind=bug", 500, "internal_error")]
    public async Task Every_error_is_a_problem(string method, string path, int status, string code)
    {
        using var answer = await shared.Api.Send(new HttpMethod(method), path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        var problem = await answer.Json();
        Assert.Equal(["type", "title", "status", "detail", "instance", "code", "traceId"], problem.EnumerateObject().Select(p => p.Name));
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal(path.Split('?')[0], problem.GetProperty("instance").GetString());
        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
        if (status == 405) Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("/api/v2/things/fault?kind=login", "")]
    [InlineData("/api/v2/things/fault?kind=code", "")]
    [InlineData("/api/v2/guarded", "")]
    [InlineData("/api/v2/guarded", ", error=\"invalid_token\"")]
    public async Task Every_401_says_what_would_be_accepted(string path, string fault)
    {
        using var answer = await shared.Api.Get(path, fault.Length > 0 ? [("Authorization", "Bearer x")] : []);
        Assert.Equal((HttpStatusCode.Unauthorized, $"Bearer realm=\"tms\"{fault}"), (answer.StatusCode, answer.Header("WWW-Authenticate")));
    }

    [Fact]
    public async Task Errors_of_v1_have_the_old_shape()
    {
        using var answer = await shared.Api.Get("/api/v1/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var body = await answer.Json();
        Assert.Equal(["error", "code", "timestamp", "path"], body.EnumerateObject().Select(p => p.Name));
        Assert.Equal("/api/v1/nowhere", body.GetProperty("path").GetString());
        Assert.Equal("1.0", answer.Header("X-API-Version"));
    }

    [Fact]
    public async Task A_correlation_id_is_taken_or_made()
    {
        using var taken = await shared.Api.Get("/api/v2/new", ("X-Correlation-ID", "abc-123"));
        Assert.Equal("abc-123", taken.Header("X-Correlation-ID"));
        using var bad = await shared.Api.Get("/api/v2/new", ("X-Correlation-ID", new string('a', 129)));
        Assert.Equal(32, bad.Header("X-Correlation-ID").Length);
    }

    [Fact]
    public async Task Browsers_are_told_to_do_nothing_clever()
    {
        using var answer = await shared.Api.Get("/api/v2/new");
        Assert.Equal(
            "nosniff DENY no-referrer no-store",
            $"{answer.Header("X-Content-Type-Options")} {answer.Header("X-Frame-Options")} "
                + $"{answer.Header("Referrer-Policy")} {answer.Header("Cache-Control")}");
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
        Assert.Equal("", answer.Header("Server"));
    }
}
