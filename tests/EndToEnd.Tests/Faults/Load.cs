using System.Collections.Concurrent;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Faults;

/// <summary>People who make and send invoices as fast as they can, each command under its own key, and remember every answer.</summary>
internal sealed class Load(Client lead)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private readonly ConcurrentQueue<(string Path, object? Body, string Key, Answer Answer)> _acknowledged = new();
    private readonly ConcurrentQueue<Answer> _refused = new();
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopped;

    /// <summary>Ends when enough was acknowledged.</summary>
    public Task Busy => _busy.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public IReadOnlyCollection<Answer> Refused => _refused;

    public int Acknowledged => _acknowledged.Count;

    /// <summary>Works until told to stop, or until nobody answers any more.</summary>
    public Task Run(int people, int enough) => Task.WhenAll(Enumerable.Range(0, people).Select(_ => Work(enough)));

    public void Stop() => _stopped = true;

    /// <summary>Every command again, to a process that has started anew: each is known, and has the first answer.</summary>
    public async Task Repeat(Client again)
    {
        foreach (var (path, body, key, first) in _acknowledged)
        {
            var repeat = (await again.Post(path, body, ("Idempotency-Key", key))).Expect(first.Status);
            Assert.True(repeat.IsReplay, $"{path}: {key} was not known");
            Assert.Equal(first.Body, repeat.Body);
        }
    }

    private async Task Work(int enough)
    {
        while (!_stopped)
        {
            if (await Ask(Invoices, Some.Invoice()) is not { } made) return;
            if (made.Status == 201 && await Ask($"{Invoices}/{made.Id}/send", null) is null) return;
            if (_acknowledged.Count >= enough) _busy.TrySetResult();
        }
    }

    // Null: nobody answers.
    private async Task<Answer?> Ask(string path, object? body)
    {
        var key = Some.Key();
        try
        {
            var answer = await lead.Post(path, body, ("Idempotency-Key", key));
            if (answer.Status is 200 or 201) _acknowledged.Enqueue((path, body, key, answer));
            else _refused.Enqueue(answer);
            return answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
