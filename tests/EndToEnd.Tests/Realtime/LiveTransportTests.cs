using Microsoft.AspNetCore.Http.Connections;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Realtime;

/// <summary>The ways in which the real client reaches the hub: negotiated, and by each transport.</summary>
[Collection(SqliteCollection.Name)]
public sealed class LiveTransportTests(SqliteApi api)
{
    private static readonly string[] Closed = ["role:ADMIN"];

    [Theory]
    [InlineData(HttpTransportType.WebSockets)]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task Each_transport_can_be_negotiated_and_carries_everything_in_order(HttpTransportType transport)
    {
        var company = await api.NewCompany();
        await using var live = new LiveClient(api.Process.Http, company.Lead.Token, negotiated: transport);
        await live.Start();
        var connected = await live.Connected();
        await LiveWork.SentAndPaid(company.Lead);
        await live.Reached(connected.Position + 3);
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_PAID"], live.Of("event").Select(e => e.Type));
        await live.Invoke("Subscribe", new { channels = Closed });
        Assert.Equal("channel_forbidden", (await live.First("error")).Code);
    }

    [Theory]
    [InlineData(HttpTransportType.ServerSentEvents)]
    [InlineData(HttpTransportType.LongPolling)]
    public async Task What_was_missed_comes_first_over_each_transport(HttpTransportType transport)
    {
        var company = await api.NewCompany();
        var (position, epoch) = await LiveClient.Head(api.Process.Http, company.Lead.Token);
        await LiveWork.SentAndPaid(company.Lead);
        await using var live =
            new LiveClient(api.Process.Http, company.Lead.Token, $"?since={position}&epoch={Uri.EscapeDataString(epoch)}", transport);
        await live.Start();
        await live.Reached(position + 3);
        Assert.Equal(["INVOICE_CREATED", "INVOICE_SENT", "INVOICE_PAID"], live.Of("event").Select(e => e.Type));
    }
}
