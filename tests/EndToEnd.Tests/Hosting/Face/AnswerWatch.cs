using System.Text;
using System.Text.Json;
using Tms.Api.Tests.Documents;

namespace Tms.EndToEnd.Tests.Hosting.Face;

/// <summary>
/// Holds each answer of the API to what the product's own document says of its address: a test that meets another one fails.
/// </summary>
internal sealed class AnswerWatch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly Lazy<Task<Declared[]>> Versions =
        new(async () => [new(await OwnDocuments.Of(1)), new(await OwnDocuments.Of(2))]);

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!IsHeld(request, answer, out var major)) return answer;
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if (Fault((await Versions.Value)[major - 1], request, answer, body) is { } fault)
            throw new InvalidOperationException($"Not as the document of version {major} says: {fault}");
        return answer;
    }

    // What the server refuses before any code of ours runs names no version; a preflight is the browser's.
    private static bool IsHeld(HttpRequestMessage request, HttpResponseMessage answer, out int major)
    {
        major = answer.Headers.TryGetValues("X-API-Version", out var named) && named.First()[0] == '1' ? 1 : 2;
        return named is not null && request.Method != HttpMethod.Options
            && request.RequestUri!.AbsolutePath.StartsWith("/api/", StringComparison.OrdinalIgnoreCase);
    }

    private static string? Fault(Declared version, HttpRequestMessage request, HttpResponseMessage answer, byte[] body)
    {
        var (method, path, status) = (request.Method.Method, request.RequestUri!.AbsolutePath, (int)answer.StatusCode);
        if (status >= 400 && method != "HEAD" && ErrorPage.Fault(JsonElement.Parse(body)) is { } unsaid)
            return $"{method} {path} {status} {unsaid}";
        // A path that is a word of one address may fit the parameter of another, which has the method.
        if (status == 405 || version.Find(method, path) is not { } operation) return null;
        if (operation.Answer(status) is not { } declared) return $"{operation.Name} does not declare {status}: {Text(body)}";
        var fault = method == "HEAD" ? null : declared.Fault(answer.Content.Headers.ContentType?.MediaType, body)
            ?? FaultOfTag(operation, answer);
        return fault is null ? null : $"{operation.Name} {status}: {fault}: {Text(body)}";
    }

    // Who may send If-None-Match learns the ETag, and whoever learns it may send it.
    private static string? FaultOfTag(Declared.Operation operation, HttpResponseMessage answer) =>
        operation.Method == "GET" && answer.IsSuccessStatusCode && answer.Headers.ETag is not null != operation.Answer(304) is not null
            ? "has an ETag and declares no 304, or the other way round"
            : null;

    private static string Text(byte[] body) => Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 500)));
}
