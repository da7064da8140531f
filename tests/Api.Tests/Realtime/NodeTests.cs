using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

/// <summary>What a node spends on all its companies together.</summary>
public sealed class NodeTests
{
    [Fact]
    public async Task However_many_companies_are_followed_the_log_is_asked_once_in_a_while()
    {
        await using var host = await LiveHost.Start(options => options.HeadCheck = TimeSpan.FromMilliseconds(300));
        var companies = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToArray();
        var clients = await Task.WhenAll(companies.Select(company => host.Connect(TestUser.Of(Role.Hovedbruker, company))));
        await Task.WhenAll(clients.Select(client => client.Connected()));
        await Eventually.Holds(() => companies.All(host.Feeds.IsRegistered));
        var before = host.Log.HeadsRead.Many;
        await Eventually.Holds(() => host.Log.HeadsRead.Many >= before + 2);
        var (one, many) = host.Log.HeadsRead;

        foreach (var company in companies) host.Log.AppendMany(company, 3);
        await Task.WhenAll(clients.Select(client => client.Reached(3)));
        await Eventually.Holds(() => host.Log.HeadsRead.Many >= many + 4);

        Assert.Equal(one, host.Log.HeadsRead.One);
    }

    [Fact]
    public async Task All_companies_of_a_node_share_its_memory_and_nothing_is_lost()
    {
        // Each company may keep one event more than there is room for.
        const int Room = 256 << 10;
        const int Most = Room + (12 * 8_000);
        await using var host = await LiveHost.Start(options => options.NodeBytes = Room);
        var companies = Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7()).ToArray();
        var users = companies.Select(company => TestUser.Of(Role.Hovedbruker, company)).ToArray();
        var epochs = new List<string>();
        foreach (var (company, user) in companies.Zip(users))
        {
            var client = await host.Connect(user);
            epochs.Add((await client.Connected()).Epoch);
            await host.Feeds.Deliver(host.Log.AppendMany(company, 60, length: 1_000));
            await client.Reached(60);
            Assert.InRange(host.Memory.Used, 1, Most);
        }

        for (var n = 0; n < companies.Length; n++)
        {
            var again = await host.Connect(users[n], $"?since=0&epoch={epochs[n]}");
            await again.Reached(60);
            Assert.Equal(Enumerable.Range(1, 60).Select(i => (long)i), again.Positions);
            Assert.InRange(host.Memory.Used, 1, Most);
        }
    }

    [Fact]
    public async Task Memory_of_a_company_that_nobody_follows_any_more_is_given_back()
    {
        await using var host = await LiveHost.Start(options => options.BridgeLinger = TimeSpan.Zero);
        var client = await host.Connect();
        await client.Connected();
        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 50, length: 1_000));
        await client.Reached(50);
        Assert.NotEqual(0, host.Memory.Used);

        await client.DisposeAsync();

        await Eventually.Holds(() => host.Memory.Used == 0);
    }
}
