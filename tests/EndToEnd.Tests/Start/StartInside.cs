using System.Reflection;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Start;

/// <summary>Runs a program's own entry point in this process, for starts that must not succeed: dozens of processes would take minutes to say one sentence each.</summary>
internal static class StartInside
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly SemaphoreSlim OneAtATime = new(1);

    /// <summary>The exit code, and what was written to the standard error output.</summary>
    public static async Task<(int Code, string Output)> RunToEnd(ApiSettingsGiven given)
    {
        await OneAtATime.WaitAsync();
        var error = Console.Error;
        try
        {
            var heard = new StringWriter();
            Console.SetError(TextWriter.Synchronized(heard));
            string[] arguments = [.. given.Arguments, "--contentRoot=" + AppContext.BaseDirectory, "--Logging:LogLevel:Default=None"];
            var code = await Task.Run(() => (int)EntryOf(given.Program).Invoke(null, [arguments])!).WaitAsync(Limit);
            return (code, heard.ToString());
        }
        finally
        {
            Console.SetError(error);
            OneAtATime.Release();
        }
    }

    private static MethodInfo EntryOf(string program) => (program switch
    {
        ApiProgram.Api => typeof(Api.Hosting.TmsApiExtensions).Assembly,
        ApiProgram.Silo => typeof(Silo.SiloOptions).Assembly,
        _ => throw new ArgumentOutOfRangeException(nameof(program), program, "No program of this process."),
    }).EntryPoint!;
}
