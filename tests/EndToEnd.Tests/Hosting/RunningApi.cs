using Tms.EndToEnd.Tests.Hosting.Face;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A running program, on a free port of the loopback address: in a process of its own, or inside the tests' process.</summary>
internal abstract class RunningApi : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private HttpClient? _http;

    /// <summary>Patience with a start.</summary>
    protected static TimeSpan StartLimit { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Everything it has written so far.</summary>
    public string Output => Heard.Text;

    /// <summary>Reaches it; throws before it listens.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The program does not listen yet.");

    /// <summary>What it writes.</summary>
    protected ApiOutput Heard { get; } = new();

    /// <summary>The first line that begins with a word.</summary>
    public Task<string> Line(string word) =>
        Heard.Line(line => line.TrimStart().StartsWith(word + " ", StringComparison.Ordinal)).WaitAsync(StartLimit);

    /// <summary>Ends when it has written a line with this text.</summary>
    /// <remarks>Patience only: what is to happen in time is measured where it is promised.</remarks>
    public async Task Said(string text)
    {
        try
        {
            await Heard.Line(line => line.Contains(text, StringComparison.Ordinal))
                .WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            var last = Output[Math.Max(0, Output.Length - 3000)..];
            throw new TimeoutException($"Not said within a minute: '{text}'. What was said last: {last}");
        }
    }

    /// <summary>Tells it to stop, and waits; returns the exit code.</summary>
    public abstract Task<int> Stop();

    /// <summary>Waits until it ends by itself; returns the exit code.</summary>
    public abstract Task<int> Ended();

    /// <summary>Leaves nothing of it behind.</summary>
    public virtual ValueTask DisposeAsync()
    {
        _http?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits until it is ready, and leaves nothing of it behind if it ends before.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message has what it wrote.</exception>
    protected async Task Started(Task<int> ended)
    {
        try
        {
            await Ready(ended).WaitAsync(StartLimit);
        }
        catch (Exception failure)
        {
            await DisposeAsync();
            throw new InvalidOperationException($"The program did not start: {failure.Message}{Environment.NewLine}{Output}", failure);
        }
    }

    private async Task Ready(Task<int> ended)
    {
        var listening = Heard.Line(line => line.Contains(Listening, StringComparison.Ordinal));
        if (await Task.WhenAny(listening, ended) == ended) throw new InvalidOperationException($"it ended with code {await ended}");
        _http = Client(new Uri((await listening).Split(Listening)[1].Trim()));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReady()) await poll.WaitForNextTickAsync();
    }

    private async Task<bool> IsReady()
    {
        using var answer = await Http.GetAsync("/health/ready");
        return answer.IsSuccessStatusCode;
    }

    private static HttpClient Client(Uri address)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256 };
        return new(new AnswerWatch(handler)) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }
}
