using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Trace;
using Tms.Silo.Telemetry;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

public sealed class TelemetryTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("http://127.0.0.1:4317", true)]
    public void Traces_are_made_where_a_collector_is_named(string? endpoint, bool traced)
    {
        using var host = Build(endpoint).Build();
        Assert.Equal(traced, host.Services.GetService<TracerProvider>() is not null);
    }

    [Theory]
    [InlineData("collector")]
    [InlineData("ftp://collector")]
    public void A_collector_s_address_that_cannot_be_right_is_named(string endpoint) =>
        Assert.Contains(endpoint, Assert.Throws<InvalidOperationException>(() => Build(endpoint)).Message, StringComparison.Ordinal);

    private static HostApplicationBuilder Build(string? endpoint)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint;
        builder.AddTmsTelemetry("tms-silo");
        return builder;
    }
}
