using Tms.EndToEnd.Tests.Chaos.Nodes;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>
/// One client: asks, and where the answer is lost asks again under the same key at another node; now and then it gives up instead.
/// </summary>
internal sealed class Clerk(IReadOnlyList<ClusterNode> nodes, History history, Random random, CancellationToken abandoned)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private const int GivesUpPercent = 15;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    public Random Random => random;

    public Task<Asked> Create(Company company, Client lead, decimal price)
    {
        var key = Key();
        return Ask(new(key, company.Id, Deed.Create, null, Insists(), []), lead, Invoices, Some.Invoice(price, reference: key));
    }

    public Task<Asked> Send(Company company, Client lead, Guid invoice) => Change(company, lead, invoice, Deed.Send, _ => null);

    public Task<Asked> Pay(Company company, Client lead, Guid invoice, decimal? amount) =>
        Change(company, lead, invoice, Deed.Pay, key => new { amount, reference = key });

    public Task<Asked> Cancel(Company company, Client lead, Guid invoice) =>
        Change(company, lead, invoice, Deed.Cancel, key => new { reason = key });

    private Task<Asked> Change(Company company, Client lead, Guid invoice, Deed deed, Func<string, object?> body)
    {
        var key = Key();
        var asked = new Asked(key, company.Id, deed, invoice, Insists(), []);
        return Ask(asked, lead, $"{Invoices}/{invoice}/{Verb(deed)}", body(key));
    }

    private async Task<Asked> Ask(Asked asked, Client lead, string path, object? body)
    {
        for (var node = random.Next(nodes.Count); ; node++)
        {
            asked = asked with { Attempts = asked.Attempts.Add(await Try(nodes[node % nodes.Count], asked.Key, lead, path, body)) };
            if (!asked.Last.IsDoubtful || !asked.Insists || abandoned.IsCancellationRequested) break;
            await Task.Delay(Pause);
        }

        history.Add(asked);
        return asked;
    }

    private async Task<Attempt> Try(ClusterNode node, string key, Client lead, string path, object? body)
    {
        var sent = history.Send(key);
        try
        {
            var answer = await new Client(() => node.Http, lead.Token).Post(path, body, ("Idempotency-Key", key));
            return new Attempt(node.Name, sent, history.Answer(key), answer.Status, answer.Body);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or OperationCanceledException)
        {
            return new Attempt(node.Name, sent, history.Answer(key), null, lost.Message);
        }
    }

    private string Key()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private bool Insists() => random.Next(100) >= GivesUpPercent;

    private static string Verb(Deed deed) => deed switch
    {
        Deed.Send => "send",
        Deed.Pay => "pay",
        Deed.Cancel => "cancel",
        _ => throw new ArgumentOutOfRangeException(nameof(deed), deed, null),
    };
}
