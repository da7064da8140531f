namespace Tms.Grains.Abstractions.Cluster;

/// <summary>Which silo each partition of the log lives on.</summary>
public static class PartitionHomes
{
    /// <summary>
    /// The home of each partition: the silo that scores highest for it and has room. No silo has more than its share, rounded up.
    /// </summary>
    /// <param name="silos">At least one, in any order.</param>
    /// <param name="partitions">How many partitions the log has.</param>
    /// <remarks>Rendezvous hashing with bounded loads: if a silo comes or goes, few partitions of others move.</remarks>
    public static SiloAddress[] Of(IReadOnlyCollection<SiloAddress> silos, int partitions)
    {
        var free = silos.ToDictionary(s => s, _ => (partitions + silos.Count - 1) / silos.Count);
        var homes = new SiloAddress[partitions];
        for (var partition = 0; partition < homes.Length; partition++)
        {
            var home = homes[partition] = free.Keys.MaxBy(silo => (Score(silo, partition), silo))!;
            if (--free[home] == 0) free.Remove(home);
        }

        return homes;
    }

    // The finish of SplitMix64: neighbours among partitions and addresses must not be neighbours among scores.
    private static ulong Score(SiloAddress silo, int partition)
    {
        var mixed = (((ulong)(uint)silo.GetConsistentHashCode() << 32) | (uint)partition) * 0x9E3779B97F4A7C15UL;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }
}
