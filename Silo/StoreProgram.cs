using Tms.EventStore.Hosting;

namespace Tms.Silo;

/// <summary>A program beside those that serve: it opens the store by the same settings as a silo, and nothing of it runs.</summary>
public static class StoreProgram
{
    /// <summary>A host with the store, where store and master key are there: what was made now would prove and open nothing.</summary>
    /// <param name="settings">Settings as of a silo's command line.</param>
    /// <exception cref="ConfigurationFaultException">A setting cannot be right, or one of the two is not there.</exception>
    public static HostApplicationBuilder WithKey(string[] settings)
    {
        var (builder, options) = Builder(settings);
        if (options.Embedded && !File.Exists(options.StoreFile)) throw new ConfigurationFaultException($"there is no {options.StoreFile}.");
        return HasMasterKey(options) ? builder : throw new ConfigurationFaultException(KeyIsNeeded(options));
    }

    internal static (HostApplicationBuilder Builder, SiloOptions Options) Builder(string[] settings)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        var options = StartFaults.Read(() => SiloOptions.From(builder.Configuration));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddTmsStore(options);
        return (builder, options);
    }

    /// <summary>Whether there is a master key: one that was made now would open nothing.</summary>
    internal static bool HasMasterKey(SiloOptions options) =>
        options.MasterKey is not null || File.Exists(Path.Combine(options.DataPath, "master.key"));

    internal static string KeyIsNeeded(SiloOptions options) =>
        $"the master key is needed: give Tms:MasterKey, or put master.key into {options.DataPath}.";
}
