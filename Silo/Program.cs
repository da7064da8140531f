using Tms.EventStore.Hosting;
using Tms.Silo;
using Tms.Silo.Health;
using Tms.Silo.Ops;
using Tms.Silo.Telemetry;
using Tms.Silo.Upkeep;

if (HealthProbe.Address(args) is { } asked) return await HealthProbe.Ask(asked);
if (Usage.Of(args, Usage.Silo) is { } said) return said.Print();
if (UpkeepVerbs.Asked(args)) return await UpkeepVerbs.Run(args);

return await StartFaults.Run(async () =>
{
    var builder = ProgramFolder.Builder(args);
    if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
    {
        builder.WebHost.UseUrls("http://localhost:8080");
    }

    StartFaults.CheckUrls(builder.Configuration["urls"]);
    var started = StartFaults.Hush(builder.Logging);
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    var options = StartFaults.Read(() => SiloOptions.From(builder.Configuration));
    if (options.Outside)
        throw new ConfigurationFaultException("Tms:Silo is outside, and this program is a silo: leave it out here, and give it to Api.");
    builder.AddTmsSilo(options);
    StartFaults.Read(() => builder.AddTmsTelemetry("tms-silo"));
    builder.Services.AddSiloHealth(options);

    var app = builder.Build();
    app.MapSiloHealth();
    app.MapDashboardSign(options);
    app.MapTmsMetrics();
    app.Lifetime.ApplicationStarted.Register(started);
    await StopLimit.Run(app);
});
