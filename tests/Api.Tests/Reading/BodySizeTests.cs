using System.Net;
using System.Text;
using Tms.Api.Tests.Hosting;

namespace Tms.Api.Tests.Reading;

/// <summary>How long a body may be: its bytes count, however they come, and the answer always arrives.</summary>
public sealed class BodySizeTests(SharedApi shared) : IClassFixture<SharedApi>
{
    private const int Mebibyte = 1 << 20;
    private const string Things = "/api/v2/things";
    private const string Uploads = Things + "/upload";

    [Theory]
    [InlineData(Mebibyte, HttpStatusCode.OK)]
    [InlineData(Mebibyte + 1, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(5 * Mebibyte, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_may_have_a_mebibyte_in_both_framings(int size, HttpStatusCode status)
    {
        var body = Encoding.ASCII.GetBytes("{\"name\":\"abc\"" + new string(' ', size - 14) + "}");
        foreach (var isChunked in (bool[])[false, true]) Assert.Equal(status, await Post(Things, body, isChunked));
    }

    [Theory]
    [InlineData(10 * Mebibyte, HttpStatusCode.OK)]
    [InlineData((10 * Mebibyte) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task An_upload_may_have_ten(int size, HttpStatusCode status)
    {
        var body = new byte[size];
        foreach (var isChunked in (bool[])[false, true]) Assert.Equal(status, await Post(Uploads, body, isChunked));
    }

    [Theory]
    [InlineData("/api/v9/things", 400, 400)]
    [InlineData("/api/v2/guarded", 413, 401)]
    [InlineData("/nowhere", 413, 404)]
    public async Task Whoever_is_refused_before_the_body_is_read_hears_it_too(string path, int told, int chunked)
    {
        Assert.Equal(told, (int)await Post(path, new byte[5 * Mebibyte], isChunked: false));
        Assert.Equal(chunked, (int)await Post(path, new byte[5 * Mebibyte], isChunked: true));
    }

    [Fact]
    public async Task Chunks_of_one_byte_count_by_their_bytes()
    {
        var chunks = new StringBuilder();
        foreach (var c in "{\"name\":\"abc\"" + new string(' ', 200_000) + "}") chunks.Append("1\r\n").Append(c).Append("\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await Raw(chunks.Append("0\r\n\r\n").ToString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("80000000\r\n")]
    [InlineData("FFFFFFFF\r\n")]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("5\r\n{\"nam\r\n80000000\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("x\r\n")]
    public async Task A_chunk_whose_size_cannot_be_is_400(string chunks) =>
        Assert.StartsWith("HTTP/1.1 400 ", await Raw(chunks), StringComparison.Ordinal);

    [Fact]
    public async Task Whoever_asks_before_sending_is_told_to_keep_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Things) { Content = new ByteArrayContent(new byte[Mebibyte + 1]) };
        request.Headers.ExpectContinue = true;
        using var answer = await shared.Api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("payload_too_large", await answer.Code());
    }

    private async Task<HttpStatusCode> Post(string path, byte[] body, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await shared.Api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private Task<string> Raw(string chunks) =>
        Wire.Send(
            shared.Api,
            $"POST {Things} HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");
}
