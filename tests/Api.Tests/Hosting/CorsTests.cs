using System.Net;

namespace Tms.Api.Tests.Hosting;

/// <summary>Pages of listed origins read every answer.</summary>
public sealed class CorsTests : IAsyncLifetime
{
    private const string Listed = "https://app.example.no";
    private ApiHost _api = null!;

    public async ValueTask InitializeAsync() =>
        _api = await ApiHost.Start(
            new() { ["Tms:Cors:Origins"] = $"{Listed}, https://other.example.no", ["Tms:Versions:V1Sunset"] = "2026-11-22" });

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Every_answer_may_be_read_refusals_too()
    {
        foreach (var (path, status) in ((string, int)[])
            [
                ("/api/v2/things", 200), ("/api/v2/things?color=red", 400), ("/api/v9/things", 400), ("/api/v1/things", 410),
                ("/api/v2/guarded", 401), ("/nowhere", 404), ("/api/v2/things/fault?kind=bug", 500), ("/health/live", 200)])
        {
            using var answer = await _api.Get(path, ("Origin", Listed));
            Assert.Equal((path, status, Listed), (path, (int)answer.StatusCode, answer.Header("Access-Control-Allow-Origin")));
            foreach (var name in (string[])["ETag", "Allow", "WWW-Authenticate", "api-supported-versions", "X-Correlation-ID"])
                Assert.Contains(name, answer.Header("Access-Control-Expose-Headers").Split(','));
        }
    }

    [Fact]
    public async Task Every_answer_says_that_it_depends_on_the_origin_once()
    {
        foreach (var origin in (string[])[Listed, "https://evil.example", ""])
        {
            using var answer = await _api.Get("/api/v2/things", origin.Length > 0 ? [("Origin", origin)] : []);
            Assert.Equal("Origin, Accept, X-API-Version", answer.Header("Vary"));
        }
    }

    [Theory]
    [InlineData("/api/v2/guarded")]
    [InlineData("/api/v9/things")]
    [InlineData("/api/v1/things")]
    [InlineData("/nowhere")]
    public async Task A_preflight_asks_for_no_version(string path)
    {
        using var answer = await _api.Send(
            HttpMethod.Options, path, null, ("Origin", Listed), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "if-match"));
        Assert.Equal(
            (HttpStatusCode.NoContent, Listed, "Origin"),
            (answer.StatusCode, answer.Header("Access-Control-Allow-Origin"), answer.Header("Vary")));
    }
}
