using System.Globalization;
using Tms.Api.Audit;
using Tms.Api.Demo;
using Tms.Api.Hosting;
using Tms.Api.Ops;
using Tms.Api.Realtime;
using Tms.Silo;
using Tms.Silo.Health;
using Tms.Silo.Telemetry;

if (HealthProbe.Address(args) is { } asked) return await HealthProbe.Ask(asked);
if (HeadsVerb.Asked(args)) return await StartFaults.Run(() => HeadsVerb.Run(args[1], StoreProgram.WithKey(args[2..])));
if (Usage.Of(args, Usage.Api) is { } said) return said.Print();

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
return await StartFaults.Run(async () =>
{
    var builder = ProgramFolder.Builder([.. args.Where(a => a != DemoServices.Argument)]);
    if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
    {
        builder.WebHost.UseUrls("http://localhost:8000");
    }

    StartFaults.CheckUrls(builder.Configuration["urls"]);
    var started = StartFaults.Hush(builder.Logging);
    builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(25));
    var options = StartFaults.Read(() => SiloOptions.From(builder.Configuration));
    if (options.Outside) builder.AddTmsClient(options);
    else builder.AddTmsSilo(options);
    StartFaults.Read(() => builder.AddTmsTelemetry("tms-api"));
    builder.Services.AddTmsApi(builder.Configuration).AddTmsAreas().AddTmsOps().AddTmsLive(builder.Configuration).AddSiloHealth(options);
    if (args.Contains(DemoServices.Argument)) builder.Services.AddTmsDemo();

    var app = builder.Build();
    app.UseTmsApi();
    app.UseTmsLive();
    app.MapTmsLive();
    app.MapTmsMetrics();
    if (options.Dashboard) app.MapTmsOps();
    app.Lifetime.ApplicationStarted.Register(started);
    Greeting.SayWhenReady(app, options.Dashboard);
    await StopLimit.Run(app);
});
