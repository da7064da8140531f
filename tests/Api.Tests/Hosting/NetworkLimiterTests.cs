using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Hosting;

namespace Tms.Api.Tests.Hosting;

/// <summary>Callers who have no name: what is one caller, and what many of them may do together.</summary>
public sealed class NetworkLimiterTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<LimitMetrics>().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Addresses_of_one_household_are_one_caller()
    {
        var limiter = Limiter(limit: 2);
        Assert.Equal((int[])[1, 0, -1], await Take(limiter, "2001:db8:1:2::1", "2001:db8:1:2:ffff::2", "2001:db8:1:2::3"));
        Assert.Equal((int[])[1, 1, 0], await Take(limiter, "192.0.2.1", "192.0.2.2", "::ffff:192.0.2.1"));
    }

    [Fact]
    public async Task All_networks_of_a_customer_have_eight_times_what_one_has_and_the_neighbours_have_theirs()
    {
        var limiter = Limiter(limit: 2);
        var left = await Take(limiter, [.. Enumerable.Range(0, 17).Select(i => $"2001:db8:1:{i:x}::1")]);
        Assert.Equal(1, left[0]);
        Assert.All(left[..16], one => Assert.InRange(one, 0, 1));
        Assert.Equal(-1, left[16]);
        Assert.Equal((int[])[1, 1], await Take(limiter, "2001:db8:1:100::1", "2001:db8:2::1"));
    }

    [Fact]
    public async Task All_customers_of_a_rented_site_have_eight_times_what_one_has()
    {
        var limiter = Limiter(limit: 1);
        var left = await Take(limiter, [.. Enumerable.Range(0, 64).Select(i => $"2001:db8:1:{(i / 8 * 256) + (i % 8):x}::1")]);
        Assert.All(left, one => Assert.Equal(0, one));
        Assert.Equal((int[])[-1, 0], await Take(limiter, "2001:db8:1:ff00::1", "2001:db8:2::1"));
    }

    [Fact]
    public async Task Where_there_are_too_many_a_newcomer_shares_with_its_own_neighbours_alone()
    {
        var limiter = Limiter(limit: 1, capacity: 2);
        Assert.Equal((int[])[0, 0], await Take(limiter, "192.0.2.1", "192.0.2.2"));
        Assert.Equal((int[])[7, 6, 5, 4, 3, 2, 1, 0, -1], await Take(limiter, [.. Enumerable.Range(3, 9).Select(i => $"192.0.2.{i}")]));
        Assert.Equal((int[])[7], await Take(limiter, "198.51.100.1"));
    }

    [Fact]
    public async Task What_is_given_back_can_be_taken_again_also_by_the_site()
    {
        var limiter = Limiter(limit: 1);
        for (var i = 0; i < 20; i++)
        {
            var taken = await limiter.Take(Of("2001:db8:1:1::1"));
            Assert.Equal(0, taken.Left);
            taken.GiveBack();
        }

        var last = await limiter.Take(Of("2001:db8:1:1::1"));
        var tooMany = await limiter.Take(Of("2001:db8:1:1::1"));
        tooMany.GiveBack();
        Assert.Equal((0, -1, -1), (last.Left, tooMany.Left, (await limiter.Take(Of("2001:db8:1:1::1"))).Left));
    }

    [Fact]
    public void A_caller_is_called_the_same_on_every_node() => Assert.Equal(
        ["192.0.2.1", "192.0.2.0/24", "20010db800010102::", "20010db800010100::/56", "20010db800010000::/48"],
        [
            Of("192.0.2.1").ToString(), Of("192.0.2.1").Around.ToString(), Of("2001:db8:1:102::9").ToString(),
            Of("2001:db8:1:102::9").Around.ToString(), Of("2001:db8:1:102::9").Site.ToString()]);

    public void Dispose() => _services.Dispose();

    private static CallerNetwork Of(string address) => CallerNetwork.Of(IPAddress.Parse(address));

    private static async Task<int[]> Take(NetworkLimiter limiter, params string[] addresses)
    {
        var left = new List<int>();
        foreach (var address in addresses) left.Add((await limiter.Take(Of(address))).Left);
        return [.. left];
    }

    private NetworkLimiter Limiter(int limit, int capacity = 100) => new("test", limit, TimeSpan.FromMinutes(15),
        new PermitSource(new MemoryPermits(), _services.GetRequiredService<LimitMetrics>(), _time, NullLogger<PermitSource>.Instance),
        _time, capacity);
}
