using System.Net;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Http;

/// <summary>Accept is read with its weights.</summary>
public sealed class AcceptTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string V1 = "application/vnd.tms.v1+json", V2 = "application/vnd.tms.v2+json";

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json;charset=\"UTF-8\"; q=0.5, text/html", 200)]
    [InlineData("application/json;charset=iso-8859-1", 200)]
    [InlineData("application/*, text/html;q=0.9", 200)]
    [InlineData("*/*;q=0.001", 200)]
    [InlineData("application/json, */*;q=0", 200)]
    [InlineData("application/problem+json", 200)]
    [InlineData("", 200)]
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("application/json;q=0.000, application/*;q=1", 406)]
    [InlineData("application/*;q=0, */*", 406)]
    [InlineData("*/*;q=0", 406)]
    [InlineData("application/json;charset=utf-8;q=0", 406)]
    [InlineData(V1 + ";q=0", 406)]
    [InlineData("text/html", 406)]
    public async Task The_most_specific_range_decides(string accept, int status)
    {
        using var answer = await shared.Api.Get("/api/v2/things", ("Accept", accept));
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData(V1 + ";q=0, " + V2, "2.0")]
    [InlineData(V2 + ";q=0.4, " + V1 + ";q=0.5", "1.0")]
    [InlineData(V1 + "; q=0.9, " + V2, "2.0")]
    [InlineData(V2 + ", application/vnd.tms.v9+json;q=0.5", "2.0")]
    [InlineData("application/vnd.tms.v9+json;q=0, application/json", "1.0")]
    [InlineData(V2 + ";q=0.001", "2.0")]
    public async Task The_version_with_the_highest_weight_is_served(string accept, string version)
    {
        using var answer = await shared.Api.Get("/api/things", ("Accept", accept));
        Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Header("X-API-Version")));
    }

    [Theory]
    [InlineData(V1 + ", " + V2)]
    [InlineData(V1 + ";q=0.5, " + V2 + ";q=0.50")]
    public async Task Two_versions_of_one_weight_are_ambiguous(string accept)
    {
        using var answer = await shared.Api.Get("/api/things", ("Accept", accept));
        Assert.Equal("ambiguous_api_version", await answer.Code());
    }

    [Fact]
    public async Task Answers_say_what_chose_them_and_each_version_has_tags_of_its_own()
    {
        using var answer = await shared.Api.Get("/api/things");
        Assert.Equal("Accept, X-API-Version", answer.Header("Vary"));
        using var refused = await shared.Api.Get("/api/v9/things");
        Assert.Equal("Accept, X-API-Version", refused.Header("Vary"));
        using var current = await shared.Api.Get("/api/v2/versioned");
        using var old = await shared.Api.Get("/api/v1/versioned");
        Assert.Equal(("\"3\"", "\"3-v1\""), (current.Header("ETag"), old.Header("ETag")));
        using var other = await shared.Api.Get("/api/v1/versioned", ("If-None-Match", "\"3\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var known = await shared.Api.Get("/api/v1/versioned", ("If-None-Match", "\"3-v1\""));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }
}
