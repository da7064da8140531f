using System.Net;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Reading;

/// <summary>What a body may say it is.</summary>
public sealed class BodyTypeTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Path = "/api/v2/things";

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json;")]
    [InlineData("application/json;;")]
    [InlineData("application/json ; charset=utf8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/json; profile=\"a;charset=latin1\"; charset=utf-8")]
    [InlineData("application/vnd.tms.v2+json")]
    [InlineData("application/merge-patch+json; charset=utf-8")]
    public async Task A_body_that_says_it_is_JSON_is_read(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await Post(type, "{\"name\":\"abc\"}"u8.ToArray())).Status);

    [Theory]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/json")]
    public async Task A_byte_order_mark_is_passed_over(string type)
    {
        Assert.Equal(HttpStatusCode.OK, (await Post(type, [0xEF, 0xBB, 0xBF, .. "{\"name\":\"abc\"}"u8])).Status);
        foreach (var body in (byte[][])[[0xEF, 0xBB, 0xBF], [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF, .. "{\"name\":\"abc\"}"u8]])
            Assert.Equal(HttpStatusCode.BadRequest, (await Post(type, body)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("text/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json+x")]
    [InlineData("application /json")]
    [InlineData("application/ json")]
    [InlineData("application/+json")]
    [InlineData("application/json, application/json")]
    [InlineData("application/jsonp")]
    [InlineData("json")]
    [InlineData(";application/json")]
    public async Task A_body_that_says_it_is_not_JSON_is_415(string type)
    {
        var (status, text) = await Post(type, "{\"name\":\"abc\"}"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains("unsupported_media_type", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("application/json; charset=utf-8; charset=\"UTF-16\"", "UTF-16")]
    public async Task Another_charset_is_415_that_says_which(string type, string charset)
    {
        var (status, text) = await Post(type, "{\"name\":\"abc\"}"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, status);
        Assert.Contains(charset, text, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Text)> Post(string type, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer =
            await shared.Api.Client.PostAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
