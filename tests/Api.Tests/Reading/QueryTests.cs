using System.Net;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Reading;

/// <summary>Queries: what each parameter may be, and which there are.</summary>
public sealed class QueryTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string V1 = "/api/v1/things";
    private const string V2 = "/api/v2/things";

    [Theory]
    [InlineData("%EF%BF%BE")]
    [InlineData("a%EF%BF%BF")]
    [InlineData("%00")]
    [InlineData("%C2%85")]
    [InlineData("a%0Ab")]
    [InlineData("%FF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%ED%B0%80%ED%A0%80")]
    [InlineData("%C3")]
    [InlineData("%C0%AF")]
    [InlineData("%F4%90%80%80")]
    public async Task A_text_that_is_none_is_refused_in_both_versions(string text)
    {
        foreach (var path in (string[])[V1, V2])
        {
            using var answer = await shared.Api.Get($"{path}?q={text}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("invalid_parameter", await answer.Code());
        }
    }

    [Theory]
    [InlineData("%C3%A5se+%F0%9F%9A%9A", "åse 🚚")]
    [InlineData("100%25", "100%")]
    [InlineData("%25FF", "%FF")]
    [InlineData("100%", "100%")]
    public async Task Any_other_text_is_taken_as_it_says(string text, string said)
    {
        using var answer = await shared.Api.Get($"{V2}?q={text}");
        Assert.Equal(said, (await answer.Json()).GetProperty("q").GetString());
    }

    [Theory]
    [InlineData("2026-11-28T12:00:00Z", "2026-11-28T12:00:00Z")]
    [InlineData("2026-11-28t12:00:00z", "2026-11-28T12:00:00Z")]
    [InlineData("2026-11-28T12:00:00.5Z", "2026-11-28T12:00:00.5Z")]
    [InlineData("2026-11-28T12:00:54.817569999Z", "2026-11-28T12:00:54.817569Z")]
    [InlineData("2026-11-28T12:00:00.00000000000000000000000000000000001Z", "2026-11-28T12:00:00Z")]
    [InlineData("2026-11-28T00:30:00%2B01:00", "2026-11-27T23:30:00Z")]
    [InlineData("2026-11-28T12:00:00.25-23:59", "2026-11-29T11:59:00.25Z")]
    [InlineData("2026-11-28T12:00:00-00:00", "2026-11-28T12:00:00Z")]
    public async Task A_time_of_RFC_3339_is_taken_to_the_microsecond(string text, string time)
    {
        using var query = await shared.Api.Get($"{V2}?at={text}");
        Assert.Equal(time, (await query.Json()).GetProperty("at").GetString());
        using var body = await shared.Api.Post(V2, $$"""{"name":"abc","at":"{{Uri.UnescapeDataString(text)}}"}""");
        Assert.Equal(time, (await body.Json()).GetProperty("at").GetString());
    }

    [Theory]
    [InlineData("2026-11-28T12:00:00.Z")]
    [InlineData("2026-11-28T12:00:00")]
    [InlineData("2026-11-28T12:00:00.5")]
    [InlineData("2026-11-28T12:00Z")]
    [InlineData("2026-11-28 12:00:00Z")]
    [InlineData("2026-11-28T12:00:00,5Z")]
    [InlineData("2026-11-28T24:00:00Z")]
    [InlineData("2026-11-28T12:60:00Z")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-11-28T12:00:00%2B0100")]
    [InlineData("2026-11-28T12:00:00%2B24:00")]
    [InlineData("2026-11-28T12:00:00%2B01:60")]
    [InlineData("2026-11-28T12:00:00ZZ")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("2026-11-28")]
    public async Task Anything_else_is_no_time(string text)
    {
        using var answer = await shared.Api.Get($"{V2}?at={text}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_parameter", await answer.Code());
    }

    [Theory]
    [InlineData("GET", "/api/v2/new")]
    [InlineData("GET", "/api/v2/things/fault?kind=none&")]
    [InlineData("POST", "/api/v2/things/upload")]
    public async Task Every_action_refuses_a_parameter_that_it_does_not_have(string method, string path)
    {
        using var answer =
            await shared.Api.Send(new HttpMethod(method), path + (path.Contains('?', StringComparison.Ordinal) ? "" : "?") + "color=red");
        Assert.Equal("unknown_parameter", await answer.Code());
    }

    [Theory]
    [InlineData("?limit=0", "invalid_parameter")]
    [InlineData("?limit=101", "invalid_parameter")]
    [InlineData("?limit=ten", "invalid_parameter")]
    [InlineData("?limit=1&limit=2", "invalid_parameter")]
    [InlineData("?from=yesterday", "invalid_parameter")]
    [InlineData("?paidFrom=cash", "invalid_parameter")]
    [InlineData("?color=red", "unknown_parameter")]
    public async Task A_wrong_parameter_is_refused_by_name(string query, string code)
    {
        using var answer = await shared.Api.Get(V2 + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Json();
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(
            $"'{query[1..query.IndexOf('=', StringComparison.Ordinal)]}'", problem.GetProperty("detail").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Right_parameters_are_read()
    {
        using var answer = await shared.Api.Get(V2 + "?limit=7&from=2026-01-31&paidFrom=own_pocket");
        var read = await answer.Json();
        Assert.Equal("7 2026-01-31 own_pocket", $"{read.GetProperty("limit")} {read.GetProperty("from")} {read.GetProperty("paidFrom")}");
        using var old = await shared.Api.Get("/api/v1/things?limit=7&color=red");
        Assert.Equal(HttpStatusCode.OK, old.StatusCode);
    }
}
