using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>A run of a program's entry point in this process.</summary>
/// <remarks>The flow of execution tells whose a line on the console is, and whose a host that is built.</remarks>
internal sealed class EntryRun
{
    private static readonly AsyncLocal<EntryRun?> Current = new();
    private static readonly ConcurrentDictionary<EntryRun, string> Running = new();

    private readonly TaskCompletionSource<IHost> _host = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TextWriter _console;

    // What the process itself writes goes where it went before.
    static EntryRun()
    {
        var (output, error) = (Console.Out, Console.Error);
        Console.SetOut(new FlowWriter(() => Current.Value?._console ?? output));
        Console.SetError(new FlowWriter(() => Current.Value?._console ?? error));
        DiagnosticListener.AllListeners.Subscribe(new HostWatch(host => Current.Value?._host.TrySetResult(host)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TellOfAnEnd(error);
    }

    private EntryRun(ApiSettingsGiven given, TextWriter console)
    {
        _console = console;
        var entry = EntryOf(given.Program);
        // Controllers are looked for in the program of this name, which would else be the tests'.
        var name = $"--applicationName={entry.Module.Assembly.GetName().Name}";
        string[] arguments = [.. given.Arguments, .. given.Environment.Select(set => $"--{set.Key}={set.Value}"), name];
        Code = Task.Run(() =>
        {
            Current.Value = this;
            Running[this] = string.Join(' ', arguments);
            try
            {
                return (int)entry.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;
            }
            finally
            {
                Running.TryRemove(this, out string? _);
            }
        });
    }

    /// <summary>The host, once it is built.</summary>
    public Task<IHost> Host => _host.Task;

    /// <summary>The exit code, once it has ended.</summary>
    public Task<int> Code { get; }

    /// <summary>Begins one.</summary>
    /// <param name="given">What it is told; the environment as arguments.</param>
    /// <param name="console">Gets what it writes, on either output.</param>
    public static EntryRun Begin(ApiSettingsGiven given, TextWriter console) => new(given, console);

    // A program that cannot stop ends its process, and that is this one.
    private static void TellOfAnEnd(TextWriter error)
    {
        foreach (var arguments in Running.Values) error.WriteLine($"The process ends although a program runs inside it: {arguments}");
    }

    private static MethodInfo EntryOf(string program) => (program switch
    {
        ApiProgram.Api => typeof(Api.Hosting.TmsApiExtensions).Assembly,
        ApiProgram.Silo => typeof(Silo.SiloOptions).Assembly,
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "No program of this process."),
    }).EntryPoint!;
}
