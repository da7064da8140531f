namespace Tms.Api.Admin;

/// <summary>Adds the look at the cluster.</summary>
internal static class ClusterLooking
{
    /// <summary>Needs the event store, the cluster's members and a grain factory among the services.</summary>
    public static IServiceCollection AddClusterLook(this IServiceCollection services) => services
        .AddMetrics().AddSingleton<NodeMetrics>().AddSingleton<NodeCard>().AddHostedService<ThisNode>()
        .AddSingleton<SiloLook>().AddSingleton<StoreLook>().AddSingleton<BacklogLook>()
        .AddSingleton<IClusterLook, ClusterLook>();
}
