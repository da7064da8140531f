using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>
/// One command that was acknowledged, a draft without a number or an invoice that was sent with one: when it was first sent and when the
/// acknowledgement came, as timestamps of <see cref="Stopwatch"/>.
/// </summary>
internal sealed record Acknowledged(Guid Company, Guid Invoice, long? Number, long Started, long Done);

/// <summary>
/// Clients that create and send invoices at several nodes, and insist: what has no answer is sent again with the same key, at the next
/// node.
/// </summary>
internal sealed class InvoiceLoad(IReadOnlyList<RunningApi> nodes, IReadOnlyList<Company> companies)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<Acknowledged> _acknowledged = new();
    private Task[] _clients = [];
    private string _refused = "";
    private volatile bool _stopped;

    public IReadOnlyList<Acknowledged> All => [.. _acknowledged];

    /// <summary>The last answer that made a client ask again; empty: every command was taken at once.</summary>
    public string Refused => _refused;

    public void Start(int clients) => _clients = [.. Enumerable.Range(0, clients).Select(client => Task.Run(() => Work(client)))];

    /// <summary>Lets every client finish the invoice that it is at.</summary>
    public Task Stop()
    {
        _stopped = true;
        return Task.WhenAll(_clients);
    }

    public async Task Until(Func<IReadOnlyList<Acknowledged>, bool> holds, TimeSpan limit)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var started = Stopwatch.GetTimestamp();
        while (!holds(All))
        {
            if (Array.Find(_clients, c => c.IsFaulted) is { } failed) await failed;
            Assert.True(
                Stopwatch.GetElapsedTime(started) < limit,
                $"Only {All.Count} commands were acknowledged in {limit}; the last refusal: {_refused}");
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    private async Task Work(int client)
    {
        for (var i = client; !_stopped; i++)
        {
            var company = companies[i % companies.Count];
            var created = await Insist(company, i, Invoices, Some.Invoice(), 201);
            await Insist(company, i + 1, $"{Invoices}/{created.Id}/send", null, 200);
        }
    }

    private async Task<Answer> Insist(Company company, int node, string path, object? body, int status)
    {
        var (key, started) = (Some.Key(), Stopwatch.GetTimestamp());
        for (; ; node++)
        {
            if (await Try(nodes[node % nodes.Count], company, path, body, key) is { } answer)
            {
                answer.Expect(status);
                var number = answer["number"] is { ValueKind: JsonValueKind.Number } drawn ? drawn.GetInt64() : (long?)null;
                _acknowledged.Enqueue(new(company.Id, answer.Id, number, started, Stopwatch.GetTimestamp()));
                return answer;
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>An answer; null where there is none, or one that says to come again.</summary>
    private async Task<Answer?> Try(RunningApi node, Company company, string path, object? body, string key)
    {
        try
        {
            var answer = await new Client(() => node.Http, company.Lead.Token).Post(path, body, ("Idempotency-Key", key));
            if (answer.Status is not (503 or 429) && !(answer.Status == 409 && answer.Code == "conflict")) return answer;
            _refused = $"{answer.Request}: {answer.Status} {answer.Body}";
            return null;
        }
        catch (HttpRequestException unreachable)
        {
            _refused = unreachable.Message;
            return null;
        }
    }
}
