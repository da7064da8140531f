using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace Tms.EndToEnd.Tests.Realtime;

internal sealed record Received(string Target, JsonElement Payload)
{
    public long Position => Payload.GetProperty("position").GetInt64();

    public string Epoch => Payload.GetProperty("epoch").GetString()!;

    public string Code => Payload.GetProperty("code").GetString()!;

    public string Subject => Payload.GetProperty("subject").GetString()!;

    public string Type => Payload.GetProperty("type").GetString()!;
}

/// <summary>A real SignalR client that writes down everything it gets, in order.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
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

    public LiveClient(HttpClient http, string? token, string query = "")
    {
        _hub = new HubConnectionBuilder()
            .WithUrl(new Uri(http.BaseAddress!, "/hubs/live" + query), options =>
            {
                options.AccessTokenProvider = () => Task.FromResult(token);
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
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

    public Task Invoke(string method, params object?[] arguments) => _hub.InvokeCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    public Task Send(string method, params object?[] arguments) => _hub.SendCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    public Task<Received> Connected() => First("connected");

    public async Task<Received> First(string target) => (await Until(all => all.Any(received => received.Target == target))).First(received => received.Target == target);

    /// <summary>Waits until progress has reached a position: everything visible up to it is here then.</summary>
    public Task<Received[]> Reached(long position) =>
        Until(all => all.Any(received => received.Target == "progress" && received.Position >= position));

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
                throw new TimeoutException("Got only: " + string.Join(", ", all.TakeLast(20).Select(received => received.Target + received.Payload)));
            }
        }
    }

    /// <summary>The reason with which the server closed.</summary>
    public async Task<string?> Closed() => (await _closed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken))?.Message;

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private void Add(Received received)
    {
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
