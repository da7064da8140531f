using System.Globalization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime.Placement;
using Tms.Api.Hosting;
using Tms.Api.Realtime;
using Tms.NextRelease;
using Tms.Silo;
using Tms.Silo.Health;

// The Api with a silo inside, as Api's own program puts it together.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
var builder = WebApplication.CreateBuilder(args);
var options = SiloOptions.From(builder.Configuration);
builder.AddTmsSilo(options);
// A release may place grains otherwise: both of them then write to one company.
builder.Services.RemoveAll<IPlacementStrategyResolver>();
builder.Services.AddTmsApi(builder.Configuration).AddTmsAreas().AddTmsLive(builder.Configuration).AddSiloHealth(options);
builder.Services.AddNextRelease();

var app = builder.Build();
app.UseTmsApi();
app.UseTmsLive();
app.MapTmsLive();
await app.RunAsync();
