using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Tms.EndToEnd.Tests.Chaos.Nodes;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A program inside the tests' process: its own entry point, on a port of its own.</summary>
/// <remarks>
/// It is compiled once, so that a start costs a fraction of a process'.
/// For tests of what a program answers, says and keeps. A kill, a signal, the environment, metrics and traces belong to a whole process:
/// whoever is about those starts an <see cref="ApiProcess"/>.
/// </remarks>
internal sealed class ApiInside : RunningApi
{
    private readonly EntryRun _run;

    private ApiInside(ApiSettingsGiven given) => _run = EntryRun.Begin(given, new LineWriter(Heard.Add));

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ApiInside> Start(ApiSettingsGiven given)
    {
        // Ports that others get for the asking may be taken between the choice and the start: here many start at once.
        var ports = Ports.Take(2);
        string[] own = [$"--Tms:Cluster:SiloPort={ports[0]}", $"--Tms:Cluster:GatewayPort={ports[1]}"];
        var api = Begin(given with { Arguments = [.. given.Arguments, .. own] });
        await api.Started(api._run.Code);
        return api;
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static ApiInside Begin(ApiSettingsGiven given) => new(given);

    /// <summary>Runs it to its end: for verbs, and for starts that must not succeed.</summary>
    public static async Task<(int Code, string Output)> RunToEnd(ApiSettingsGiven given)
    {
        await using var api = Begin(given);
        return (await api._run.Code.WaitAsync(StartLimit), api.Output);
    }

    /// <summary>Stops it as SIGTERM would; returns the exit code.</summary>
    public override async Task<int> Stop()
    {
        (await _run.Host.WaitAsync(StartLimit)).Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        return await Ended();
    }

    /// <inheritdoc />
    public override async Task<int> Ended()
    {
        var code = await _run.Code.WaitAsync(TimeSpan.FromSeconds(60));
        // A process that ends closes its files and connections; pools would keep them.
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        return code;
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_run.Code.IsCompleted) await Stop();
    }
}
