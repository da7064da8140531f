using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>Somebody who calls over HTTP: with a token, perhaps for a named company.</summary>
internal sealed class Client(Func<HttpClient> http, string? token = null, Guid? company = null)
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    public string? Token => token;

    public Client With(string? another) => new(http, another, company);

    /// <summary>The same caller, who names a company.</summary>
    public Client For(Guid named) => new(http, token, named);

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> Put(string path, object? body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, Json(body), headers);

    public Task<Answer> PostText(string path, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, Text(json), headers);

    public Task<Answer> PutText(string path, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, Text(json), headers);

    public Task<Answer> Patch(string path, object? body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Patch, path, Json(body), headers);

    public Task<Answer> PatchText(string path, string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Patch, path, Text(json), headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, headers);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (company is { } named) request.Headers.Add("X-Company-Id", named.ToString());
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http().SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Answer($"{method} {path}", (int)answer.StatusCode, answer.Headers, answer.Content.Headers, body);
    }

    private static StringContent? Json(object? body) => body is null ? null : Text(JsonSerializer.Serialize(body, Wire));

    private static StringContent Text(string json) => new(json, Encoding.UTF8, "application/json");
}
