using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Blobs;

/// <summary>How a file comes in over HTTP and goes out again.</summary>
public sealed class UploadTests(FilesApi files) : IClassFixture<FilesApi>
{
    private const string Path = "/api/v2/files";
    private const int Most = 10 << 20;

    private readonly Guid _company = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, byte[]> Kinds => new()
    {
        { "application/pdf", "%PDF-1.7 0123456789"u8.ToArray() },
        { "image/jpeg", [0xFF, 0xD8, 0xFF, .. new byte[20]] },
        { "image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[20]] },
        { "image/webp", [.. "RIFF0000WEBPVP8 "u8] },
        { "image/heic", [0, 0, 0, 24, .. "ftypheic00000000"u8] },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_what_its_first_bytes_say_and_comes_back_whole(string mediaType, byte[] bytes)
    {
        using var stored = await Send(Form(bytes, "text/html"));
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        var body = await stored.Json();
        Assert.Equal((mediaType, "kvittering.pdf"), (body.GetProperty("mediaType").GetString(), body.GetProperty("name").GetString()));
        using var answer = await Get(body.GetProperty("hash").GetString()!);
        Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal(mediaType, answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
        Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("kvittering \"1\" på norsk.pdf", answer.Content.Headers.ContentDisposition.FileNameStar);
    }

    [Fact]
    public async Task Whoever_has_the_bytes_gets_them_not_again_and_head_tells_their_length()
    {
        var hash = await Stored(Pdf(300_000));
        using var known = await Get(hash, ("If-None-Match", $"W/\"{hash}\""));
        Assert.Equal((HttpStatusCode.NotModified, $"\"{hash}\""), (known.StatusCode, known.Header("ETag")));
        using var head = await files.Api.Send(HttpMethod.Head, $"{Path}/{hash}", null, As());
        Assert.Equal((HttpStatusCode.OK, 300_000L), (head.StatusCode, head.Content.Headers.ContentLength));
    }

    [Fact]
    public async Task A_file_of_another_company_is_not_found()
    {
        var hash = await Stored(Pdf(100));
        using var strange = await files.Api.Get($"{Path}/{hash}", files.Api.As(Role.Bruker, Guid.CreateVersion7()));
        Assert.Equal(HttpStatusCode.NotFound, strange.StatusCode);
    }

    [Fact]
    public async Task Other_kinds_of_files_are_refused_whatever_they_are_called()
    {
        foreach (var bytes in (byte[][])["<html><script>alert(1)</script></html>"u8.ToArray(), "%PDF"u8.ToArray(), []])
        {
            using var answer = await Send(Form(bytes, "application/pdf"));
            Assert.Equal((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"), (answer.StatusCode, await answer.Code()));
        }

        Assert.Equal(0, await Held());
    }

    [Fact]
    public async Task A_file_may_have_ten_mebibytes_in_a_form_or_as_the_body_and_not_a_byte_more()
    {
        var largest = Pdf(Most);
        Assert.Equal(await Stored(largest), Convert.ToHexStringLower(SHA256.HashData(largest)));
        using var body = await Send(new ByteArrayContent(largest));
        Assert.Equal(HttpStatusCode.Created, body.StatusCode);
        using var larger = await Send(Form(Pdf(Most + 1), "application/pdf"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "payload_too_large"), (larger.StatusCode, await larger.Code()));
        Assert.Equal(1, await Held());
    }

    [Fact]
    public async Task A_company_without_room_is_told_so()
    {
        await Stored(Pdf(Most));
        using var answer = await Send(Form(Pdf(Most - 1), "application/pdf"));
        Assert.Equal((HttpStatusCode.Conflict, "file_quota_exceeded"), (answer.StatusCode, await answer.Code()));
        Assert.Equal(1, await Held());
    }

    [Fact]
    public async Task A_form_that_breaks_off_or_has_no_file_leaves_nothing()
    {
        var half = Encoding.ASCII.GetBytes(
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7 0123456789 and no end");
        using var broken = await Send(Multipart(half));
        Assert.Equal((HttpStatusCode.BadRequest, "bad_request"), (broken.StatusCode, await broken.Code()));
        using var none = await Send(new MultipartFormDataContent { { new StringContent("hello"), "text" } });
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        Assert.Equal(0, await Held());
    }

    [Fact]
    public async Task A_name_leads_nowhere()
    {
        using var answer = await Send(Form(Pdf(100), "application/pdf", "../../etc/pass\twd.pdf"));
        Assert.Equal("passwd.pdf", (await answer.Json()).GetProperty("name").GetString());
    }

    private static byte[] Pdf(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        "%PDF-"u8.CopyTo(bytes);
        return bytes;
    }

    private static MultipartFormDataContent Form(byte[] bytes, string type, string name = "kvittering.pdf")
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        return new MultipartFormDataContent { { new StringContent("before"), "note" }, file };
    }

    private static ByteArrayContent Multipart(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        return content;
    }

    private (string Name, string Value) As() => files.Api.As(Role.Bruker, _company);

    private Task<HttpResponseMessage> Get(string hash, params (string, string)[] headers) =>
        files.Api.Get($"{Path}/{hash}", [As(), .. headers]);

    private async Task<string> Stored(byte[] bytes)
    {
        using var answer = await Send(Form(bytes, "application/pdf"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (await answer.Json()).GetProperty("hash").GetString()!;
    }

    private async Task<HttpResponseMessage> Send(HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        request.Headers.TryAddWithoutValidation(As().Name, As().Value);
        return await files.Api.Client.SendAsync(request, Cancel);
    }

    private async Task<long> Held() => (await files.Store.GetRequiredService<IDatabase>().Query(
        "select count(*) from blobs where tenant = @tenant", r => r.GetInt64(0), Cancel, ("tenant", _company)))[0];
}
