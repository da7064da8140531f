using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class ShutdownTests
{
    [Fact]
    public async Task A_node_that_stops_sends_its_clients_elsewhere_and_leaves_the_feeds()
    {
        await using var host = await LiveHost.Start();
        var clients = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Connect(Role.Bruker)));
        await Task.WhenAll(clients.Select(client => client.Connected()));
        Assert.True(host.Feeds.IsRegistered(host.Company));

        await host.Stop();

        foreach (var client in clients)
        {
            Assert.Contains("server_shutdown", await client.Closed());
            Assert.Equal("server_shutdown", (await client.First("error")).Code);
        }

        Assert.False(host.Feeds.IsRegistered(host.Company));
    }
}
