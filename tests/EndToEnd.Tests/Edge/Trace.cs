using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Edge;

/// <summary>Asks a table of requests and tells all answers that are wrong; and that none of them left an event behind.</summary>
/// <remarks>Fails at its end, which its disposal is at the latest: no expectation can be forgotten.</remarks>
internal sealed class Trace(ApiFixture api, Company company) : IAsyncDisposable
{
    private readonly List<string> _wrong = [];
    private long _head;
    private bool _ended;

    public static async Task<Trace> Begin(ApiFixture api, Company company)
    {
        var trace = new Trace(api, company);
        trace._head = await trace.Head();
        return trace;
    }

    /// <summary>Notes an answer that is not a problem of this status and code, or names other fields.</summary>
    public void Expect(Answer answer, string what, int status, string? code = null, params string[] fields)
    {
        Assert.False(_ended, "an expectation after the end");
        var fault = answer.Status != status ? $"status {answer.Status}"
            : code is not null && answer.MediaType != "application/problem+json" ? $"media type {answer.MediaType}"
            : code is not null && answer.Code != code ? $"code {answer.Code}"
            : fields.Length > 0 && !fields.All(field => answer.Fields.Contains(field)) ? "fields " + string.Join(' ', answer.Fields)
            : answer.Header("X-Correlation-ID") is null ? "no correlation id"
            : answer.Body.Contains("   at ", StringComparison.Ordinal) || answer.Body.Contains("Exception", StringComparison.Ordinal)
                ? "inner words"
            : null;
        if (fault is not null) _wrong.Add($"{what}: {fault}, expected {status} {code} {string.Join(' ', fields)}: {Short(answer.Body)}");
    }

    /// <summary>Fails with all that was wrong, and if an event was left behind. Needed only before requests that leave events.</summary>
    public async Task End()
    {
        _ended = true;
        Assert.True(_wrong.Count == 0, string.Join(Environment.NewLine, _wrong));
        Assert.Equal(_head, await Head());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended) await End();
    }

    private async Task<long> Head() => (await LiveClient.Head(api.Process.Http, company.Lead.Token)).Position;

    private static string Short(string text) => text.Length <= 300 ? text : text[..300];
}
