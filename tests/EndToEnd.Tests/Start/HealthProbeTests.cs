using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Start;

/// <summary>The check that a container without a shell runs on itself.</summary>
public sealed class HealthProbeTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public async Task The_program_asks_a_running_one_for_its_health()
    {
        using var site = await ApiSite.OnSqlite();
        await using var api = await site.Host();
        Assert.Equal(0, (await Ask(new Uri(api.Http.BaseAddress!, "/health/ready"))).Code);
        Assert.Equal(1, (await Ask(new Uri(api.Http.BaseAddress!, "/health/nothing"))).Code);
    }

    [Fact]
    public async Task Where_nothing_runs_it_says_so_and_starts_nothing()
    {
        var (code, output) = await Ask(new Uri("http://127.0.0.1:1/health/ready"));
        Assert.Equal(1, code);
        Assert.Contains("http://127.0.0.1:1/health/ready: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output)> Ask(Uri address) => ApiProcess.RunToEnd(new(["health", address.ToString()], Nothing));
}
