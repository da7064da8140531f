using Tms.Grains.Abstractions.Cluster;

namespace Tms.Grains.Cluster;

/// <summary>Asks its silo how it is.</summary>
[GrainType("silo-report")]
internal sealed class SiloGrain(ILocalSiloDetails silo) : Grain, ISiloGrain
{
    /// <inheritdoc />
    public async Task<SiloReport> Report()
    {
        var own = silo.SiloAddress;
        if (this.GetPrimaryKeyString() != own.ToParsableString())
        {
            DeactivateOnIdle();
            throw new InvalidOperationException($"Asked for {this.GetPrimaryKeyString()} on {own}.");
        }

        // The caller's placement hint goes along: this part of Orleans' management is made on the same silo, and dies with nobody else.
        var management = GrainFactory.GetGrain<IManagementGrain>(own.GetConsistentHashCode());
        return Report((await management.GetRuntimeStatistics([own]))[0]);
    }

    private static SiloReport Report(SiloRuntimeStatistics statistics)
    {
        var environment = statistics.EnvironmentStatistics;
        return new SiloReport(
            ProgramVersion.Text, statistics.ActivationCount,
            decimal.Round((decimal)environment.FilteredCpuUsagePercentage, 1, MidpointRounding.AwayFromZero),
            Environment.WorkingSet, (long)environment.FilteredAvailableMemoryBytes, statistics.IsOverloaded, statistics.ClientCount);
    }
}
