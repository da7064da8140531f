using System.Net;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Http;

/// <summary>HEAD is answered as GET is, without the body.</summary>
public sealed class HeadTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private static readonly string[] Changing = ["Date", "X-Correlation-ID", "Transfer-Encoding", "Content-Security-Policy"];

    [Theory]
    [InlineData("/api/v2/things?limit=7", 200)]
    [InlineData("/api/v1/things", 200)]
    [InlineData("/api/v2/things?color=red", 400)]
    [InlineData("/api/v2/guarded/3", 200)]
    [InlineData("/api/v2/guarded/0", 404)]
    [InlineData("/api/v2/guarded/list?count=3", 200)]
    [InlineData("/api/v2/guarded/run", 403)]
    [InlineData("/api/v2/things/fault?kind=bug", 500)]
    [InlineData("/api/v2/things/upload", 405)]
    [InlineData("/api/v9/things", 400)]
    [InlineData("/nowhere", 404)]
    [InlineData("/health", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/services", 200)]
    [InlineData("/.well-known/jwks.json", 200)]
    [InlineData("/docs/", 200)]
    [InlineData("/docs/errors", 200)]
    [InlineData("/openapi/v2.json", 200)]
    public async Task Every_address_takes_HEAD_where_it_takes_GET(string path, int status)
    {
        var me = shared.Api.As(Tms.Domain.Users.Role.Bruker);
        using var got = await shared.Api.Get(path, me);
        using var head = await shared.Api.Send(HttpMethod.Head, path, null, me);
        Assert.Equal(status, (int)got.StatusCode);
        Assert.Equal(got.StatusCode, head.StatusCode);
        Assert.Equal(Told(got), Told(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task HEAD_of_what_is_known_is_304_with_its_tag()
    {
        using var answer = await shared.Api.Send(
            HttpMethod.Head, "/api/v2/guarded/3", null, shared.Api.As(Tms.Domain.Users.Role.Bruker), ("If-None-Match", "\"3\""));
        Assert.Equal((HttpStatusCode.NotModified, "\"3\""), (answer.StatusCode, answer.Header("ETag")));
    }

    // The server knows the length of few answers beforehand; those of HEAD need not tell it.
    private static string Told(HttpResponseMessage answer) => string.Join('\n', answer.Headers.Concat(answer.Content.Headers)
        .Where(
            header => !Changing.Contains(header.Key) && header.Key != "Content-Length"
                && !header.Key.StartsWith("X-RateLimit", StringComparison.Ordinal))
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal));
}
