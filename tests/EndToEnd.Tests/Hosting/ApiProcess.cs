using System.Diagnostics;
using System.Globalization;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A running Api: the real program on a free port of the loopback address.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly Process _shell;
    private readonly ApiOutput _output = new();
    private HttpClient? _http;
    private int _pid;

    private ApiProcess(ApiSettingsGiven given)
    {
        _shell = ApiProgram.Start(given);
        _output.Read(_shell);
    }

    /// <summary>Everything it has written so far.</summary>
    public string Output => _output.Text;

    /// <summary>Reaches it; throws before it listens.</summary>
    public HttpClient Http => _http ?? throw new InvalidOperationException("The Api does not listen yet.");

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ApiProcess> Start(ApiSettingsGiven given)
    {
        var api = new ApiProcess(given);
        try
        {
            await api.Ready().WaitAsync(StartLimit);
            return api;
        }
        catch (Exception failure)
        {
            await api.DisposeAsync();
            throw new InvalidOperationException($"The Api did not start: {failure.Message}{Environment.NewLine}{api.Output}", failure);
        }
    }

    /// <summary>Starts it and waits for nothing but its id.</summary>
    public static async Task<ApiProcess> Begin(ApiSettingsGiven given)
    {
        var api = new ApiProcess(given);
        await api.Pid().WaitAsync(StartLimit);
        return api;
    }

    /// <summary>The first line that begins with a word.</summary>
    public Task<string> Line(string word) => _output.Line(line => line.TrimStart().StartsWith(word + " ", StringComparison.Ordinal)).WaitAsync(StartLimit);

    /// <summary>Starts it and waits for its end: for starts that must not succeed.</summary>
    public static async Task<(int Code, string Output)> RunToEnd(ApiSettingsGiven given)
    {
        await using var api = new ApiProcess(given);
        await api._shell.WaitForExitAsync().WaitAsync(StartLimit);
        return (api._shell.ExitCode, api.Output);
    }

    /// <summary>Ends when it has written a line with this text. Patience only: what is to happen in time is measured where it is promised.</summary>
    public async Task Said(string text)
    {
        try
        {
            await _output.Line(line => line.Contains(text, StringComparison.Ordinal)).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Not said within a minute: '{text}'. What was said last: {Output[Math.Max(0, Output.Length - 3000)..]}");
        }
    }

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasEnded => _shell.HasExited;

    /// <summary>SIGTERM; returns the exit code.</summary>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        return await Ended();
    }

    /// <summary>Waits until it ends by itself; returns the exit code.</summary>
    public async Task<int> Ended()
    {
        await _shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return _shell.ExitCode;
    }

    /// <summary>SIGKILL: nothing is finished.</summary>
    public async Task Kill()
    {
        await Signal("KILL");
        await _shell.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>SIGSTOP: it stands still with everything that it holds.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public Task Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        if (!_shell.HasExited)
        {
            _shell.StandardInput.Close();
            await _shell.WaitForExitAsync();
        }

        _shell.Dispose();
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task Ready()
    {
        var ended = _shell.WaitForExitAsync();
        var listening = _output.Line(line => line.Contains(Listening, StringComparison.Ordinal));
        if (await Task.WhenAny(listening, ended) == ended) throw new InvalidOperationException($"it ended with code {_shell.ExitCode}");
        await Pid();
        _http = Client(new Uri((await listening).Split(Listening)[1].Trim()));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReady()) await poll.WaitForNextTickAsync();
    }

    private async Task Pid() =>
        _pid = int.Parse((await _output.Line(line => line.StartsWith("pid ", StringComparison.Ordinal)))["pid ".Length..], CultureInfo.InvariantCulture);

    private async Task<bool> IsReady()
    {
        using var answer = await Http.GetAsync("/health/ready");
        return answer.IsSuccessStatusCode;
    }

    private static HttpClient Client(Uri address) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256 }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
}
