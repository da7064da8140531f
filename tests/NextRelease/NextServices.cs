using System.Reflection;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.NextRelease;

/// <summary>What the next release has more.</summary>
public static class NextServices
{
    /// <summary>Adds it to today's event store and read models.</summary>
    public static IServiceCollection AddNextRelease(this IServiceCollection services) => services
        .AddSingleton(NextEvents.Catalog)
        .AddSingleton<IInlineProjection, InvoiceChanges>()
        .AddSingleton(new SchemaScripts(Assembly.GetExecutingAssembly()));
}
