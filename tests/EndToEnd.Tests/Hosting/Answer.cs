using System.Net.Http.Headers;
using System.Text.Json;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>What the Api answered.</summary>
internal sealed record Answer(string Request, int Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, string Body)
{
    private JsonElement? _json;

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => _json ??= Parse();

    public string? ETag => Headers.ETag?.Tag;

    public string? MediaType => ContentHeaders.ContentType?.MediaType;

    /// <summary>The code of a problem.</summary>
    public string Code => Json.GetProperty("code").GetString()!;

    /// <summary>Fields of the faults of a 422.</summary>
    public string[] Fields => [.. Json.GetProperty("errors").EnumerateArray().Select(fault => fault.GetProperty("field").GetString()!)];

    public Guid Id => Json.GetProperty("id").GetGuid();

    public int Version => Json.GetProperty("version").GetInt32();

    public bool IsReplay => Header("Idempotent-Replayed") == "true";

    public JsonElement this[string name] =>
        Json.TryGetProperty(name, out var value) ? value : throw new KeyNotFoundException($"{Request}: no '{name}' in {Body}");

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    /// <summary>Fails with everything that there is to know, where the status is another.</summary>
    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"{Request}: expected {status}, got {Status} {Body}");
        return this;
    }

    /// <summary>A problem with this status and code, in the shape of RFC 9457.</summary>
    public Answer ExpectProblem(int status, string code)
    {
        Expect(status);
        Assert.True(MediaType == "application/problem+json", $"{Request}: {MediaType}");
        Assert.True(Code == code, $"{Request}: expected {code}, got {Body}");
        foreach (var name in (string[])["type", "title", "detail", "instance", "traceId"])
            Assert.True(Json.TryGetProperty(name, out _), $"{Request}: no {name} in {Body}");
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.DoesNotContain("   at ", Body, StringComparison.Ordinal);
        return this;
    }

    private JsonElement Parse()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{Request}: {Status} is no JSON: {Body}");
        }
    }
}
