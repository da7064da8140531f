namespace Tms.Api.Demo;

/// <summary>Adds the demo data to a start.</summary>
internal static class DemoServices
{
    /// <summary>The argument that asks for it.</summary>
    public const string Argument = "--demo";

    /// <summary>Fills the store before the address is listened to; areas in the order in which they need one another.</summary>
    public static IServiceCollection AddTmsDemo(this IServiceCollection services) => services
        .AddSingleton<IDemoArea, DemoUsers>()
        .AddSingleton<IDemoArea, DemoCustomers>()
        .AddSingleton<IDemoArea, DemoInvoices>()
        .AddHostedService<DemoStart>();
}
