using Microsoft.Extensions.DependencyInjection;

namespace Tms.EventStore.Upkeep;

/// <summary>Adds what a silo shows of the night's work.</summary>
public static class UpkeepServices
{
    /// <summary>Shows, as metrics and in the log, when backups and checks of this store were last done: for silos.</summary>
    public static IServiceCollection AddUpkeepWatch(this IServiceCollection services) => services.AddHostedService<UpkeepWatch>();
}
