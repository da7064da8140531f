using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos.Nodes;

/// <summary>A place in a cluster: a program on ports that stay the same, however often its process is ended and started.</summary>
internal sealed class ClusterNode : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ApiSettingsGiven _given;
    private readonly List<ApiProcess> _processes = [];

    public ClusterNode(string name, int port, int siloPort, ApiSettingsGiven given)
    {
        (Name, SiloPort, _given) = (name, siloPort, given);
        Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, ConnectTimeout = TimeSpan.FromSeconds(3) })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public string Name { get; }

    /// <summary>Where other silos reach it.</summary>
    public int SiloPort { get; }

    /// <summary>Reaches whatever process runs here now.</summary>
    public HttpClient Http { get; }

    /// <summary>What all its processes have written, the first one's first.</summary>
    public string Output => string.Join(Environment.NewLine, _processes.Select(process => process.Output));

    private ApiProcess Process => _processes[^1];

    /// <summary>Starts a process and waits until it is ready.</summary>
    public async Task Start() => _processes.Add(await ApiProcess.Start(_given));

    public Task Kill() => Process.Kill();

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> Stop() => Process.Stop();

    public Task Freeze() => Process.Freeze();

    public Task Thaw() => Process.Thaw();

    /// <summary>Waits for its process to end by itself; false where it does not.</summary>
    public async Task<bool> Ends(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!Process.HasEnded && !limit.IsCancellationRequested) await poll.WaitForNextTickAsync(CancellationToken.None);
        return Process.HasEnded;
    }

    /// <summary>Waits until it is ready; where its process has ended, as a silo does that was declared dead, it is started again.</summary>
    /// <returns>Whether that was so.</returns>
    public async Task<bool> Heal()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!Process.HasEnded)
        {
            if (await IsReady()) return false;
            if (limit.IsCancellationRequested) throw new TimeoutException($"{Name} was neither ready nor ended in {Patience}.");
            await poll.WaitForNextTickAsync(CancellationToken.None);
        }

        await Start();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var process in _processes) await process.DisposeAsync();
    }

    private async Task<bool> IsReady()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using var answer = await Http.GetAsync("/health/ready", limit.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
