using Tms.Api.Hosting;
using Tms.Api.Security;
using Tms.EventStore.Hosting;
using Tms.Silo;

namespace Tms.Api.Audit;

/// <summary><c>Tms.Api heads FOLDER [settings]</c>: <see cref="HeadExport"/> on a store that may be in use; nothing is served.</summary>
internal static class HeadsVerb
{
    /// <summary>Whether the program was started for it.</summary>
    public static bool Asked(string[] args) =>
        args is ["heads", var folder, ..] && !folder.StartsWith("--", StringComparison.Ordinal);

    /// <summary>Does it; what can be mended is a sentence on the standard error output.</summary>
    /// <returns>The exit code: 0, or 1 where it was not done or the log disagrees with kept heads.</returns>
    public static Task<int> Run(string[] args) => StartFaults.Run(async () =>
    {
        using var host = Build(args[2..]);
        var written = await host.Services.GetRequiredService<HeadExport>().Write(args[1], CancellationToken.None);
        Console.WriteLine($"{written} heads are in {args[1]}. Keep them where nobody who runs the database can write.");
    });

    private static IHost Build(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        var options = StartFaults.Read(() => SiloOptions.From(builder.Configuration));
        MustBeThere(options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTmsStore(options);
        builder.Services.AddSingleton(ApiSettings.Read(builder.Configuration))
            .AddSingleton<SigningKeys>().AddSingleton<SignedHeads>().AddSingleton<HeadCheck>().AddSingleton<HeadExport>();
        return builder.Build();
    }

    // A store or a key that was made now would prove nothing, and be in the way of the right one.
    private static void MustBeThere(SiloOptions options)
    {
        var (store, key) = (Path.Combine(options.DataPath, "tms.db"), Path.Combine(options.DataPath, "master.key"));
        if (options.ConnectionString is null && !File.Exists(store)) throw new ConfigurationFaultException($"there is no {store}.");
        if (options.MasterKey is null && !File.Exists(key))
            throw new ConfigurationFaultException($"the master key is needed: give Tms:MasterKey, or put it into {key}.");
    }
}
