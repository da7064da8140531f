using Tms.Silo;
using Tms.Silo.Health;
using Tms.Silo.Telemetry;

return await StartFaults.Run(async () =>
{
    var builder = WebApplication.CreateBuilder(args);
    if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
    {
        builder.WebHost.UseUrls("http://localhost:8080");
    }

    StartFaults.CheckUrls(builder.Configuration["urls"]);
    var started = StartFaults.Hush(builder.Logging);
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    StartFaults.Read(() => builder.AddTmsSilo(SiloOptions.From(builder.Configuration)));
    StartFaults.Read(builder.AddTmsTelemetry);
    builder.Services.AddSiloHealth();

    var app = builder.Build();
    app.MapSiloHealth();
    app.MapTmsMetrics();
    app.Lifetime.ApplicationStarted.Register(started);
    await app.RunAsync();
});
