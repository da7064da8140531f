using System.Net;
using System.Text;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>What the watch over answers lets pass, and what it finds.</summary>
public sealed class AnswerWatchTests
{
    private const string Right = """{"kid":"a","signsFrom":"2026-11-29T02:00:00Z"}""";
    private const string Refused =
        """{"type":"/docs/errors#{code}","title":"","status":409,"detail":"","instance":"","code":"{code}","traceId":""}""";

    [Fact]
    public async Task An_answer_as_it_is_declared_passes()
    {
        Assert.Null(await Fault(200, Right));
        Assert.Null(await Fault(409, Problem("conflict"), "application/problem+json"));
        Assert.Null(await Fault(200, Right, "application/vnd.tms.v2+json"));
    }

    [Theory]
    [InlineData(201, Right, "does not declare 201")]
    [InlineData(200, """{"kid":"a","signsFrom":"2026-11-29T02:00:00Z","colour":1}""", "/colour is not declared")]
    [InlineData(200, """{"signsFrom":"2026-11-29T02:00:00Z"}""", "/kid is missing")]
    [InlineData(200, """{"kid":7,"signsFrom":"2026-11-29T02:00:00Z"}""", "/kid is integer, not string")]
    [InlineData(200, """{"kid":"a","signsFrom":"soon"}""", "/signsFrom is 'soon', no date-time")]
    [InlineData(200, "[]", "is array, not object")]
    public async Task Another_answer_is_named_with_its_address(int status, string body, string fault)
    {
        var told = await Fault(status, body);
        Assert.Contains("POST /api/v2/admin/keys/rotate", told, StringComparison.Ordinal);
        Assert.Contains(fault, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_must_be_one_of_its_status_and_of_the_page_that_its_type_leads_to()
    {
        const string Json = "application/problem+json";
        Assert.Contains("has the code 'rate_limited'", await Fault(409, Problem("rate_limited"), Json), StringComparison.Ordinal);
        Assert.Contains("has the code 'no_such_code'", await Fault(409, Problem("no_such_code"), Json), StringComparison.Ordinal);
        var astray = Problem("conflict").Replace("#conflict", "#other", StringComparison.Ordinal);
        Assert.Contains("does not lead to", await Fault(409, astray, Json), StringComparison.Ordinal);
        Assert.Contains("is 'application/json'", await Fault(409, Problem("conflict")), StringComparison.Ordinal);
    }

    private static string Problem(string code) => Refused.Replace("{code}", code, StringComparison.Ordinal);

    private static async Task<string?> Fault(int status, string body, string type = "application/json")
    {
        using var http = new HttpClient(new AnswerWatch(new Saying(status, body, type)));
        return (await Record.ExceptionAsync(() => http.PostAsync("http://localhost/api/v2/admin/keys/rotate", null)))?.Message;
    }

    private sealed class Saying(int status, string body, string type) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
            answer.Headers.Add("X-API-Version", "2.0");
            return Task.FromResult(answer);
        }
    }
}
