using Tms.Domain.Companies;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

public sealed class ModuleTests
{
    [Fact]
    public async Task Events_of_a_module_that_is_not_active_are_passed_over_until_it_is()
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect(Role.Hovedbruker);
        await client.Connected();

        host.Companies.Deactivate(host.Company, Module.Economy);
        await host.Feeds.Deliver(
            host.Log.Append(host.Company, new InvoiceSent(1, "")), host.Log.Append(host.Company, new CompanyUpdated(2, "")));
        await client.Reached(2);
        host.Companies.Activate(host.Company, Module.Economy);
        await host.Feeds.Deliver(host.Log.Append(host.Company, new InvoiceSent(3, "")));
        await client.Reached(3);

        Assert.Equal([2, 3], client.Positions);
        Assert.Empty(client.Of("resync"));
    }

    [Fact]
    public async Task A_node_that_is_not_sure_what_holds_sends_nothing_and_goes_on_from_there()
    {
        await using var host = await LiveHost.Start();
        var client = await host.Connect(Role.Hovedbruker);
        var other = await host.Connect(Role.Hovedbruker);
        await Task.WhenAll(client.Connected(), other.Connected());

        host.Tokens.IsSure = false;
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 3));
        await client.Invoke("Subscribe", new { channels = Array.Empty<string>() });
        await client.Invoke("Subscribe", new { channels = Array.Empty<string>() });
        Assert.Empty(client.Positions);
        host.Tokens.IsSure = true;
        await Task.WhenAll(client.Reached(3), other.Reached(3));

        Assert.Equal([1, 2, 3], client.Positions);
        Assert.Equal([1, 2, 3], other.Positions);
    }
}
