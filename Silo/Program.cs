using Tms.Silo;
using Tms.Silo.Health;
using Tms.Silo.Telemetry;

var builder = WebApplication.CreateBuilder(args);
if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
{
    builder.WebHost.UseUrls("http://localhost:8080");
}

builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
builder.AddTmsSilo(SiloOptions.From(builder.Configuration));
builder.Services.AddSiloHealth();
builder.AddTmsTelemetry();

var app = builder.Build();
app.MapSiloHealth();
app.MapTmsMetrics();
await app.RunAsync();
