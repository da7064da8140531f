using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Telemetry;

/// <summary>What a collector gets of an Api with its silo inside.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_command_is_one_trace_from_its_request_to_the_hub()
    {
        await using var collector = await Collector.Start();
        using var site = await ApiSite.OnSqlite();
        await using var api = await site.Start(collector.Settings);
        await TracedCommand.IsOneTrace(api, collector, silo: "tms-api");
        await collector.Logs("tms-api");
    }
}
