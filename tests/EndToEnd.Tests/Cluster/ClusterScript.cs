using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Tms.Testing.Files;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>
/// scripts/cluster with a folder and ports of its own. What it started is stopped when the test is over, however the test ends.
/// </summary>
internal sealed class ClusterScript : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    // Where each kind of node has its first port, and how many are in use by two of them and what is in front.
    private static readonly (int First, int Count)[] Ports = [(8000, 3), (8081, 2), (8405, 1), (11111, 2), (15432, 1), (30001, 2)];

    private static readonly string Path = System.IO.Path.GetFullPath(
        typeof(ClusterScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ClusterScript").Value!);

    private readonly TempFolder _folder = new();
    private readonly Process _guard;

    public ClusterScript()
    {
        var offset = Enumerable.Range(0, 50).Select(_ => Random.Shared.Next(1, 2700))
            .First(o => Ports.All(p => AreFree(o + p.First, p.Count)));
        Offset = offset.ToString(CultureInfo.InvariantCulture);
        Gateway = new Uri($"http://127.0.0.1:{8000 + offset}");
        _guard = Start("/bin/sh", ["-c", "read -r end; \"$0\" down >/dev/null 2>&1; rm -rf -- \"$TMS_CLUSTER\"", Path]);
    }

    /// <summary>What to give "up" so that ports are free.</summary>
    public string Offset { get; }

    /// <summary>The address of the gateway.</summary>
    public Uri Gateway { get; }

    /// <summary>Runs a verb to its end.</summary>
    public async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        using var process = Start(Path, arguments);
        process.StandardInput.Close();
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Limit);
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, string.Concat(texts));
    }

    /// <summary>Runs a verb that must succeed, and returns what it said.</summary>
    public async Task<string> Succeed(params string[] arguments)
    {
        var (code, output) = await Run(arguments);
        Assert.True(code == 0, $"scripts/cluster {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync().WaitAsync(Limit);
        _guard.Dispose();
        _folder.Dispose();
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMS_CLUSTER"] = _folder.FullName;
        start.Environment.Remove("ConnectionStrings__Tms");
        return Process.Start(start)!;
    }

    private static bool AreFree(int first, int count) => Enumerable.Range(first, count).All(IsFree);

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
