namespace Tms.Api.Tests.Hosting;

/// <summary>What breaks HTTP itself is answered by the server alone: a status, no body, and the end of the connection.</summary>
public sealed class BareAnswerTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const string Get = "GET /health/live HTTP/1.1\r\nHost: HOST\r\n";

    public static readonly TheoryData<string, int> Broken = new()
    {
        { "GET /health/live HTTP/1.1\r\n\r\n", 400 },
        { "GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "GET /health/%00 HTTP/1.1\r\nHost: HOST\r\n\r\n", 400 },
        { "GET\r\n\r\n", 400 },
        { Get + "Bad Name: x\r\n\r\n", 400 },
        { Get + "X: a\u0000b\r\n\r\n", 400 },
        { "POST /api/v2/things HTTP/1.1\r\nHost: HOST\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400 },
        { "POST /api/v2/things HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n{}", 400 },
        { $"GET /{new string('x', 9000)} HTTP/1.1\r\nHost: HOST\r\n\r\n", 414 },
        { Get + string.Concat(Enumerable.Range(0, 101).Select(n => $"X-{n}: 1\r\n")) + "\r\n", 431 },
        { Get + $"X: {new string('x', 40_000)}\r\n\r\n", 431 },
        { "GET /health/live HTTP/3.0\r\nHost: HOST\r\n\r\n", 505 },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task What_breaks_HTTP_is_told_without_a_body_and_hung_up_on(string request, int status)
    {
        var answer = await Wire.Send(shared.Api, request, whole: true);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }
}
