using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tms.EventStore;
using Tms.Silo.Health;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

/// <summary>A silo that cannot write the log still serves reads.</summary>
public sealed class WriterCheckTests
{
    [Fact]
    public async Task A_silo_with_a_writer_in_trouble_is_ready_for_reads_and_says_why()
    {
        var result = await Check("1 of 4 lanes of the event log settled no batch for 13 s.");
        Assert.Equal(
            (HealthStatus.Degraded, "1 of 4 lanes of the event log settled no batch for 13 s."), (result.Status, result.Description));
    }

    [Fact]
    public async Task A_silo_whose_writer_is_well_is_ready() => Assert.Equal(HealthStatus.Healthy, (await Check(null)).Status);

    private static Task<HealthCheckResult> Check(string? trouble) =>
        new WriterCheck(new Writer(trouble)).CheckHealthAsync(new(), TestContext.Current.CancellationToken);

    private sealed record Writer(string? Trouble) : IWriterHealth;
}
