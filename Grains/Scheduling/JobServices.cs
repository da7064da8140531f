using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.EventStore.Hosting;
using Tms.Grains.Abstractions.Scheduling;
using Tms.Grains.Blobs;
using Tms.Grains.Invoices;
using Tms.Grains.Sessions;

namespace Tms.Grains.Scheduling;

/// <summary>Registers jobs and what hosts them.</summary>
public static class JobServices
{
    /// <summary>Adds a job; one instance serves every company.</summary>
    public static IServiceCollection AddJob<T>(this IServiceCollection services)
        where T : class, IJob => services.AddSingleton<IJob, T>();

    /// <summary>
    /// Adds every job of TMS, and has each look for what is due as soon as the silo has joined its cluster. Needs reminders and what the
    /// jobs find their work in.
    /// </summary>
    public static ISiloBuilder AddJobs(this ISiloBuilder silo)
    {
        silo.Services.AddJob<OverdueInvoices>().AddJob<ExpiredSessions>().AddJob<UnnamedBlobSweep>();
        return silo.AddJobHosting();
    }

    /// <summary>Adds what hosts the jobs among the services.</summary>
    public static ISiloBuilder AddJobHosting(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<JobOptions>().BindStrictly(JobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddMetrics();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<JobCatalog>();
        silo.Services.TryAddSingleton<JobMetrics>();
        silo.Services.TryAddSingleton<JobLog>();
        silo.Services.TryAddSingleton<JobParts>();
        return silo.AddStartupTask(WakeAll);
    }

    private static Task WakeAll(IServiceProvider services, CancellationToken cancel)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var name in services.GetRequiredService<JobCatalog>().Names) grains.GetGrain<IJobGrain>(name).Wake().Ignore();
        return Task.CompletedTask;
    }
}
