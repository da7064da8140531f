using System.Collections.Concurrent;
using System.Text.Json;
using Tms.EndToEnd.Tests.Chaos.Nodes;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>
/// Clients that create, send, pay and cancel at all nodes, also the same invoices at once, and also what must be refused.
/// </summary>
internal sealed class Office(RealCluster cluster, People people, History history, int seed) : IAsyncDisposable
{
    private static readonly TimeSpan Think = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<Guid, (Company Company, decimal Payable)> _open = new();
    private Task[] _clients = [];
    private readonly CancellationTokenSource _abandoned = new();
    private volatile bool _stopped;

    public void Open(int clients) => _clients = [.. Enumerable.Range(0, clients).Select(client => Task.Run(() => Work(client)))];

    /// <summary>Lets every client finish what it is at.</summary>
    public Task Close()
    {
        _stopped = true;
        return Task.WhenAll(_clients);
    }

    /// <summary>Lets every client go as it is, also where nothing answers any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _abandoned.CancelAsync();
        await Close();
        _abandoned.Dispose();
    }

    /// <summary>Waits until so many more commands were accepted.</summary>
    public async Task Until(int more)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var (goal, limit) = (history.Accepted + more, history.Now + TimeSpan.FromSeconds(90));
        while (history.Accepted < goal)
        {
            if (Array.Find(_clients, client => client.IsFaulted) is { } failed) await failed;
            if (history.Now > limit) throw new TimeoutException($"Only {history.Accepted} of {goal} commands were accepted.");
            await poll.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until everything that was sent before now is answered, or given up.</summary>
    public async Task Answered()
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var now = history.Now; !history.IsAnswered(now); await poll.WaitForNextTickAsync(CancellationToken.None))
        {
            if (history.Now > now + TimeSpan.FromSeconds(60)) throw new TimeoutException("A request had no end after 60 s.");
        }
    }

    private async Task Work(int client)
    {
        var clerk = new Clerk(cluster.Apis, history, new Random((seed * 1_000) + client), _abandoned.Token);
        while (!_stopped)
        {
            var company = people.Companies[clerk.Random.Next(people.Companies.Count)];
            await (clerk.Random.Next(4) == 0 ? PaySomeOpenOne(clerk) : OneInvoice(clerk, company));
            await Task.Delay(Think * (0.5 + clerk.Random.NextDouble()));
        }
    }

    private async Task OneInvoice(Clerk clerk, Company company)
    {
        var lead = Lead(company);
        var created = await clerk.Create(company, lead, clerk.Random.Next(1, 1000));
        if (Accepted(created) is not { } view) return;
        var id = view.GetProperty("id").GetGuid();
        await Task.Delay(Think * clerk.Random.NextDouble());
        await Continue(clerk, company, id, view.GetProperty("totals").GetProperty("payable").GetDecimal());
    }

    private async Task Continue(Clerk clerk, Company company, Guid id, decimal payable)
    {
        var (lead, way) = (Lead(company), clerk.Random.Next(10));
        if (way == 0) await clerk.Cancel(company, lead, id);
        else if (way == 1) await clerk.Pay(company, lead, id, null);
        else await SendAndPay(clerk, company, id, payable);
    }

    private async Task SendAndPay(Clerk clerk, Company company, Guid id, decimal payable)
    {
        var sent = await clerk.Send(company, Lead(company), id);
        if (sent.Outcome != Outcome.Accepted) return;
        _open[id] = (company, payable);
        await Task.Delay(Think * clerk.Random.NextDouble());
        var paid = await Pay(clerk, company, id, payable);
        if (paid.Outcome == Outcome.Accepted && clerk.Random.Next(10) == 0) await clerk.Cancel(company, Lead(company), id);
    }

    private async Task PaySomeOpenOne(Clerk clerk)
    {
        if (_open.Take(20).ToArray() is not { Length: > 0 } open) return;
        var (id, (company, payable)) = open[clerk.Random.Next(open.Length)];
        await Pay(clerk, company, id, payable);
    }

    // Half of it, all of it, or what is outstanding; too much where others paid before.
    private async Task<Asked> Pay(Clerk clerk, Company company, Guid id, decimal payable)
    {
        decimal? amount = clerk.Random.Next(3) switch { 0 => decimal.Floor(payable / 2), 1 => payable, _ => null };
        var paid = await clerk.Pay(company, Lead(company), id, amount is 0 ? null : amount);
        if (paid.Outcome == Outcome.Refused
            || Accepted(paid) is { } view && view.GetProperty("totals").GetProperty("outstanding").GetDecimal() == 0)
            _open.TryRemove(id, out _);
        return paid;
    }

    private Client Lead(Company company) => people.Lead(company, cluster.Apis[0]);

    private static JsonElement? Accepted(Asked asked)
    {
        if (asked.Outcome != Outcome.Accepted) return null;
        using var document = JsonDocument.Parse(asked.Last.Body);
        return document.RootElement.Clone();
    }
}
