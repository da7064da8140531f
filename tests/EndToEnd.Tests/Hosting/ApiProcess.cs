using System.Diagnostics;
using System.Globalization;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A program in a process of its own, as an operator starts it: it can be killed and frozen.</summary>
internal sealed class ApiProcess : RunningApi
{
    private readonly Process _shell;
    private int _pid;

    private ApiProcess(ApiSettingsGiven given)
    {
        _shell = ApiProgram.Start(given);
        Heard.Read(_shell);
    }

    /// <summary>Whether it has ended, by itself or not.</summary>
    public bool HasEnded => _shell.HasExited;

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ApiProcess> Start(ApiSettingsGiven given)
    {
        var api = new ApiProcess(given);
        await api.Started(api.Exit());
        await api.Pid();
        return api;
    }

    /// <summary>Starts it and waits for nothing but its id.</summary>
    public static async Task<ApiProcess> Begin(ApiSettingsGiven given)
    {
        var api = new ApiProcess(given);
        await api.Pid().WaitAsync(StartLimit);
        return api;
    }

    /// <summary>Starts it and waits for its end: for starts that must not succeed.</summary>
    public static async Task<(int Code, string Output)> RunToEnd(ApiSettingsGiven given)
    {
        await using var api = new ApiProcess(given);
        return (await api.Exit().WaitAsync(StartLimit), api.Output);
    }

    /// <summary>SIGTERM; returns the exit code.</summary>
    public override async Task<int> Stop()
    {
        await Signal("TERM");
        return await Ended();
    }

    /// <inheritdoc />
    public override Task<int> Ended() => Exit().WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>SIGKILL: nothing is finished.</summary>
    public async Task Kill()
    {
        await Signal("KILL");
        await Ended();
    }

    /// <summary>SIGSTOP: it stands still with everything that it holds.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public Task Thaw() => Signal("CONT");

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_shell.HasExited)
        {
            _shell.StandardInput.Close();
            await _shell.WaitForExitAsync();
        }

        _shell.Dispose();
    }

    private async Task<int> Exit()
    {
        await _shell.WaitForExitAsync();
        return _shell.ExitCode;
    }

    private async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task Pid()
    {
        var line = await Heard.Line(said => said.StartsWith("pid ", StringComparison.Ordinal));
        _pid = int.Parse(line["pid ".Length..], CultureInfo.InvariantCulture);
    }
}
