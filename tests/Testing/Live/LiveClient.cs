using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace Tms.Testing.Live;

/// <summary>
/// A real SignalR client of the hub <c>/hubs/live</c> that writes down everything it gets, in order. Every wait of it ends after 30 s.
/// </summary>
public sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Expected = ["session_revoked", "without completing the close handshake"];
    private static readonly string[] Targets =
    [
        "connected", "event", "progress", "resync", "error",
        "INVOICE_STATUS_UPDATE_REALTIME", "QUIZ_COMPLETED_REALTIME", "SIKKERHETSKONTROLL_COMPLETED_REALTIME", "ATTENDANCE_UPDATE_REALTIME",
    ];

    private readonly HubConnection _hub;
    private readonly Lock _gate = new();
    private readonly List<Received> _received = [];
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A client of the node that an HTTP client reaches; not connected yet.</summary>
    public LiveClient(HttpClient http, string? token, string query = "", HttpTransportType? negotiated = null)
        : this(http.BaseAddress!, token, query, negotiated)
    {
    }

    /// <summary>A client of the node at an address; not connected yet.</summary>
    /// <param name="node">The address.</param>
    /// <param name="token">An access token.</param>
    /// <param name="query">With its question mark.</param>
    /// <param name="negotiated">The transport to negotiate; null: WebSockets at once, without negotiation.</param>
    public LiveClient(Uri node, string? token, string query = "", HttpTransportType? negotiated = null)
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(node, "/hubs/live" + query), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult(token);
                options.Transports = negotiated ?? HttpTransportType.WebSockets;
                options.SkipNegotiation = negotiated is null;
            })
            .Build();
        foreach (var target in Targets)
        {
            _hub.On<JsonElement>(target, payload => Add(new(target, payload)));
        }

        _hub.Closed += failure =>
        {
            _closed.TrySetResult(failure);
            return Task.CompletedTask;
        };
    }

    /// <summary>Takes every message as it comes; none is kept then.</summary>
    public Action<Received>? Heard { get; init; }

    /// <summary>Ends when the connection has ended, for whatever reason.</summary>
    public Task Ended => _closed.Task;

    public Received[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>Those of the events, in the order in which they came.</summary>
    public long[] Positions => [.. Of("event").Select(e => e.Position)];

    /// <summary>Where the company's log ends, and the epoch for this token's role.</summary>
    public static async Task<(long Position, string Epoch)> Head(HttpClient http, string? token)
    {
        await using var live = await Connect(http, token);
        var connected = await live.Connected();
        return (connected.Position, connected.Epoch);
    }

    /// <summary>A client that has been greeted.</summary>
    public static async Task<LiveClient> Connect(HttpClient http, string? token, string query = "")
    {
        var live = new LiveClient(http, token, query);
        await live.Start();
        await live.Connected();
        return live;
    }

    public Task Start() => _hub.StartAsync(TestContext.Current.CancellationToken);

    public Received[] Of(string target) => [.. All.Where(received => received.Target == target)];

    public Task Invoke(string method, params object?[] arguments) =>
        _hub.InvokeCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    public Task Send(string method, params object?[] arguments) =>
        _hub.SendCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    /// <summary>The greeting.</summary>
    public Task<Received> Connected() => First("connected");

    public async Task<Received> First(string target) =>
        (await Until(all => all.Any(received => received.Target == target))).First(received => received.Target == target);

    /// <summary>Waits until progress has reached a position: everything visible up to it is here then.</summary>
    public Task<Received[]> Reached(long position) =>
        Until(all => all.Any(received => received.Target == "progress" && received.Position >= position));

    /// <summary>Waits until what was received holds; it is returned. The error says what came last.</summary>
    public async Task<Received[]> Until(Func<Received[], bool> holds)
    {
        var deadline = Task.Delay(Patience, TestContext.Current.CancellationToken);
        while (true)
        {
            var changed = _changed.Task;
            var all = All;
            if (holds(all))
            {
                return all;
            }

            if (await Task.WhenAny(changed, deadline) == deadline)
            {
                throw new TimeoutException(
                    "Got only: " + string.Join(", ", all.TakeLast(20).Select(received => received.Target + received.Payload)));
            }
        }
    }

    /// <summary>The reason with which the server closed.</summary>
    public async Task<string?> Closed() => (await _closed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken))?.Message;

    /// <summary>
    /// The server has ended this session: it said so, or cut the connection because this machine stood still for longer than the server
    /// waits for its client to hang up.
    /// </summary>
    public async Task Revoked()
    {
        var reason = await Closed();
        if (!Expected.Any(said => reason?.Contains(said, StringComparison.Ordinal) == true))
            throw new InvalidOperationException($"The connection was closed for another reason: {reason}");
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private void Add(Received received)
    {
        if (Heard is { } heard)
        {
            heard(received);
            return;
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            _received.Add(received);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }
}
