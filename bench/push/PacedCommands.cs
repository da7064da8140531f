using System.Diagnostics;
using Bench;

namespace Push;

/// <summary>Sends commands at a steady rate whatever the answers take: create, send and pay in turn, company after company.</summary>
public sealed class PacedCommands(IReadOnlyList<TmsCompany> companies, CommandLog log)
{
    private readonly Invoices[] _invoices = [.. companies.Select(_ => new Invoices())];
    private int _next;

    public async Task Run(double perSecond, double seconds)
    {
        var running = new List<Task>();
        var begin = Stopwatch.GetTimestamp();
        var count = (int)(perSecond * seconds);
        for (var i = 0; i < count; i++)
        {
            var due = begin + (long)(i / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait);
            }

            running.Add(One(due));
        }

        await Task.WhenAll(running);
    }

    public Task Burst(int count)
    {
        var left = count;
        return Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await One(Stopwatch.GetTimestamp());
            }
        }));
    }

    private async Task One(long due)
    {
        var turn = (uint)Interlocked.Increment(ref _next);
        var at = turn % (uint)companies.Count;
        try
        {
            log.Answered(companies[(int)at].Id, await _invoices[at].Advance(companies[(int)at], turn), due);
        }
        catch (Exception e)
        {
            log.Failed(e);
        }
    }

    /// <summary>One company's drafts and sent invoices.</summary>
    private sealed class Invoices
    {
        private readonly Lock _lock = new();
        private readonly Queue<Guid> _drafts = new();
        private readonly Queue<Guid> _sent = new();
        private int _turn;

        public async Task<(Guid, int)> Advance(TmsCompany company, uint number)
        {
            var turn = (uint)Interlocked.Increment(ref _turn) % 3;
            if (turn == 2 && Take(_sent) is { } sent)
            {
                return await company.Pay(sent);
            }

            if (turn == 1 && Take(_drafts) is { } draft)
            {
                return Keep(_sent, await company.Send(draft));
            }

            return Keep(_drafts, await company.Create($"Customer {number}"));
        }

        private Guid? Take(Queue<Guid> queue)
        {
            lock (_lock)
            {
                return queue.TryDequeue(out var id) ? id : null;
            }
        }

        private (Guid, int) Keep(Queue<Guid> queue, (Guid Id, int Version) invoice)
        {
            lock (_lock)
            {
                queue.Enqueue(invoice.Id);
            }

            return invoice;
        }
    }
}
