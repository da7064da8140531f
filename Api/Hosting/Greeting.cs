using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Tms.Api.Hosting;

/// <summary>The last line of a start: where to go.</summary>
internal static partial class Greeting
{
    /// <summary>Says it as soon as the addresses are listened to.</summary>
    public static void SayWhenReady(WebApplication app, bool hasDashboard) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var address =
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/');
        if (address is null) return;
        if (hasDashboard) LogReadyWithDashboard(app.Logger, address);
        else LogReady(app.Logger, address);
    });

    [LoggerMessage(LogLevel.Information, "TMS is ready at {Address}: the API is described at {Address}/docs")]
    private static partial void LogReady(ILogger log, string address);

    [LoggerMessage(
        LogLevel.Information, "TMS is ready at {Address}: the API is described at {Address}/docs, operators log in at {Address}/ops")]
    private static partial void LogReadyWithDashboard(ILogger log, string address);
}
