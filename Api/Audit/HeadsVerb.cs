using Tms.Api.Hosting;
using Tms.Api.Security;

namespace Tms.Api.Audit;

/// <summary><c>Tms.Api heads FOLDER [settings]</c>: <see cref="HeadExport"/> on a store that may be in use; nothing is served.</summary>
internal static class HeadsVerb
{
    /// <summary>Whether the program was started for it.</summary>
    public static bool Asked(string[] args) =>
        args is ["heads", var folder, ..] && !folder.StartsWith("--", StringComparison.Ordinal);

    /// <summary>Does it, and says how many heads were written.</summary>
    /// <param name="folder">Where heads are kept.</param>
    /// <param name="builder">A host with the store and its master key.</param>
    /// <exception cref="EventStore.Hosting.ConfigurationFaultException">The log disagrees with kept heads.</exception>
    public static async Task Run(string folder, HostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(ApiSettings.Read(builder.Configuration))
            .AddSingleton<SigningKeys>().AddSingleton<SignedHeads>().AddSingleton<HeadCheck>().AddSingleton<HeadExport>();
        using var host = builder.Build();
        var written = await host.Services.GetRequiredService<HeadExport>().Write(folder, CancellationToken.None);
        Console.WriteLine($"{written} heads are in {folder}. Keep them where nobody who runs the database can write.");
    }
}
