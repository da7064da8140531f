using System.Net.WebSockets;
using Tms.EndToEnd.Tests.Chaos.Nodes;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>Watches a company live; when its connection ends it goes on at the next node, from where it was.</summary>
internal sealed class Spectator(
    string who, Company company, Func<string> token, IReadOnlyList<ClusterNode> nodes, History history) : IAsyncDisposable
{
    private static readonly TimeSpan Worth = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _leave = new();
    private readonly List<Sitting> _sittings = [];
    private readonly List<Late> _late = [];
    private List<long> _positions = [];
    private volatile Place? _at;
    private long _from;
    private bool _resynced;
    private Task _watching = Task.CompletedTask;

    /// <summary>Everything up to here has come.</summary>
    public long Position => _at?.Position ?? 0;

    public Guid Company => company.Id;

    public void Sit(int firstNode) => _watching = Task.Run(() => Watch(firstNode));

    /// <summary>Leaves; what it saw.</summary>
    public async Task<Seen> Leave()
    {
        await _leave.CancelAsync();
        await _watching;
        return new Seen(who, company.Id, [.. _sittings], [.. _late]);
    }

    public async ValueTask DisposeAsync()
    {
        await Leave();
        _leave.Dispose();
    }

    public override string ToString() => $"{who} at {Position}";

    private async Task Watch(int node)
    {
        for (; !_leave.IsCancellationRequested; node++)
        {
            await Visit(nodes[node % nodes.Count]);
            if (!_leave.IsCancellationRequested) await Task.Delay(Pause);
        }
    }

    private async Task Visit(ClusterNode node)
    {
        (_positions, _resynced) = ([], false);
        await using (var live = new LiveClient(node.Http.BaseAddress!, token(), Query()) { Heard = Hear })
        {
            await Stay(live);
        }

        if (_at is not null) _sittings.Add(new Sitting(_from, [.. _positions], _resynced));
    }

    private async Task Stay(LiveClient live)
    {
        try
        {
            await live.Start().WaitAsync(ConnectLimit);
            await live.Ended.WaitAsync(_leave.Token);
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException or WebSocketException or OperationCanceledException
            or TimeoutException)
        {
            // The next node, or the end.
        }
    }

    private string Query()
    {
        _from = _at?.Position ?? 0;
        return _at is { } at ? $"?since={at.Position}&epoch={at.Epoch}" : "";
    }

    // The hub's client hands messages over one at a time.
    private void Hear(Received received)
    {
        switch (received.Target)
        {
            case "connected" when _at is null:
                (_from, _at) = (received.Position, new(received.Position, received.Epoch));
                break;
            case "event":
                Take(received);
                break;
            case "progress":
                _at = new(Math.Max(received.Position, _at!.Position), received.Epoch);
                break;
            case "resync":
                (_resynced, _at) = (true, new(received.Position, received.Epoch));
                break;
        }
    }

    private void Take(Received received)
    {
        _positions.Add(received.Position);
        _at = _at! with { Position = received.Position };
        var lag = TimeProvider.System.GetUtcNow() - received.Payload.GetProperty("time").GetDateTimeOffset();
        if (lag > Worth) _late.Add(new Late(history.Now, lag));
    }

    private sealed record Place(long Position, string Epoch);
}
