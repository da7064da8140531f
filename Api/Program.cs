using System.Globalization;
using Tms.Api.Demo;
using Tms.Api.Hosting;
using Tms.Api.Realtime;
using Tms.EventStore;
using Tms.Silo;
using Tms.Silo.Health;
using Tms.Silo.Telemetry;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
try
{
    var builder = WebApplication.CreateBuilder([.. args.Where(a => a != DemoServices.Argument)]);
    if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
    {
        builder.WebHost.UseUrls("http://localhost:8000");
    }

    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    builder.AddTmsSilo(SiloOptions.From(builder.Configuration));
    builder.AddTmsTelemetry();
    builder.Services.AddTmsApi(builder.Configuration).AddTmsAreas().AddTmsLive(builder.Configuration).AddSiloHealth();
    if (args.Contains(DemoServices.Argument)) builder.Services.AddTmsDemo();

    var app = builder.Build();
    app.UseTmsApi();
    app.MapTmsLive();
    app.MapTmsMetrics();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is ConfigurationFaultException or StoreUnavailableException)
{
    // What an operator can mend is a sentence, not a stack trace.
    await Console.Error.WriteLineAsync($"TMS cannot start: {e.Message}");
    return 1;
}
