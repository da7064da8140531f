using System.Net;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Versioning;

public sealed class VersionTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private ApiHost Api => shared.Api;

    [Theory]
    [InlineData("/api/v2/things", "", "", 2)]
    [InlineData("/api/V2/things", "", "", 2)]
    [InlineData("/api/things", "2.0.0", "", 2)]
    [InlineData("/api/things", "2", "", 2)]
    [InlineData("/api/things", "2.7", "", 2)]
    [InlineData("/api/things", "1.0.9", "", 1)]
    [InlineData("/api/things", "", "application/vnd.tms.v2+json", 2)]
    [InlineData("/api/things", "", "application/vnd.tms.v2.0+json", 2)]
    [InlineData("/api/things", "", "text/html, application/vnd.tms.v1+json;q=0.9", 1)]
    [InlineData("/api/v1/things", "", "", 1)]
    [InlineData("/api/v2/things", "2.1", "application/vnd.tms.v2+json", 2)]
    [InlineData("/api/things", "", "", 1)]
    [InlineData("/api/new", "", "", 2)]
    [InlineData("/api/v2/new", "", "", 2)]
    public async Task Path_header_and_Accept_choose_the_version(string path, string header, string accept, int version)
    {
        using var answer = await Api.Get(path, Headers(header, accept));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(version, (await answer.Json()).GetProperty("version").GetInt32());
        Assert.Equal($"{version}.0", answer.Header("X-API-Version"));
        Assert.Equal("1.0, 2.0", answer.Header("api-supported-versions"));
        Assert.Equal("1.0", answer.Header("api-deprecated-versions"));
    }

    [Theory]
    [InlineData("/api/v2/things", "1.0", "", "ambiguous_api_version")]
    [InlineData("/api/v1/things", "", "application/vnd.tms.v2+json", "ambiguous_api_version")]
    [InlineData("/api/things", "1", "application/vnd.tms.v2+json", "ambiguous_api_version")]
    [InlineData("/api/v3/things", "", "", "unsupported_api_version")]
    [InlineData("/api/things", "9.9.9", "", "unsupported_api_version")]
    [InlineData("/api/things", "two", "", "unsupported_api_version")]
    [InlineData("/api/things", "2.0.0.0", "", "unsupported_api_version")]
    [InlineData("/api/things", "-2", "", "unsupported_api_version")]
    [InlineData("/api/things", "", "application/vnd.tms.vX+json", "unsupported_api_version")]
    [InlineData("/api/v2x/things", "", "", "unsupported_api_version")]
    public async Task What_cannot_be_served_is_refused_with_the_supported_versions(string path, string header, string accept, string code)
    {
        using var answer = await Api.Get(path, Headers(header, accept));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var body = await answer.Json();
        Assert.Equal(code, body.GetProperty("code").GetString());
        Assert.Equal(["1.0", "2.0"], body.GetProperty("supported").EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public async Task A_resource_of_v2_asked_for_as_v1_says_which_version_has_it()
    {
        using var answer = await Api.Get("/api/v1/new");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var body = await answer.Json();
        Assert.Equal("unsupported_api_version", body.GetProperty("code").GetString());
        Assert.Equal("2.0", body.GetProperty("supported")[0].GetString());
        Assert.True(body.TryGetProperty("timestamp", out _));
    }

    [Fact]
    public async Task Answers_of_v1_announce_their_end()
    {
        using var answer = await Api.Get("/api/v1/things");
        Assert.Equal("@1767225600", answer.Header("Deprecation"));
        Assert.Equal("Fri, 31 Dec 2027 23:59:59 GMT", answer.Header("Sunset"));
        Assert.Contains("</api/v2/things>; rel=\"successor-version\"", answer.Header("Link"), StringComparison.Ordinal);
        Assert.Contains("rel=\"deprecation\"", answer.Header("Link"), StringComparison.Ordinal);
        using var current = await Api.Get("/api/v2/things");
        Assert.Equal("", current.Header("Deprecation") + current.Header("Sunset") + current.Header("Link"));
    }

    [Theory]
    [InlineData("application/vnd.tms.v2+json", "application/vnd.tms.v2+json")]
    [InlineData("application/vnd.tms.v2.0+json", "application/vnd.tms.v2.0+json")]
    [InlineData("application/json", "application/json")]
    public async Task An_answer_comes_back_under_the_vendor_type_it_was_asked_for_with(string accept, string type)
    {
        using var answer = await Api.Get("/api/v2/things", ("Accept", accept));
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task After_the_sunset_v1_is_gone_and_v2_is_the_default()
    {
        await using var late = await ApiHost.Start(new() { ["Tms:Versions:V1Sunset"] = "2026-11-22" });
        using var asked = await late.Get("/api/v1/things");
        Assert.Equal(HttpStatusCode.Gone, asked.StatusCode);
        Assert.Equal("api_version_sunset", await asked.Code());
        using var unasked = await late.Get("/api/things");
        Assert.Equal(2, (await unasked.Json()).GetProperty("version").GetInt32());
        Assert.Equal("2.0", unasked.Header("api-supported-versions"));
    }

    private static (string, string)[] Headers(string version, string accept)
    {
        List<(string, string)> headers = [];
        if (version.Length > 0) headers.Add(("X-API-Version", version));
        if (accept.Length > 0) headers.Add(("Accept", accept));
        return [.. headers];
    }

}
