using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tms.EventStore.Hosting;

namespace Tms.EventStore.Blobs;

/// <summary>Adds files to the services of the log.</summary>
internal static class BlobServices
{
    public static IServiceCollection AddBlobs(this IServiceCollection services)
    {
        services.AddOptions<BlobOptions>().BindStrictly(BlobOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(sp => sp.GetRequiredService<IOptions<BlobOptions>>().Value)
            .AddSingleton<BlobMetrics>()
            .AddSingleton<BlobPieces>()
            .AddSingleton<BlobRows>()
            .AddSingleton<BlobRemoval>()
            .AddSingleton<IBlobStore, BlobStore>()
            .AddSingleton<IUnnamedBlobs, UnnamedBlobs>()
            .AddSingleton<BlobCheck>();
    }
}
