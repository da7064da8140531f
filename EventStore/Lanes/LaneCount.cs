namespace Tms.EventStore.Lanes;

/// <summary>How many lanes a silo has.</summary>
internal static class LaneCount
{
    /// <summary>Four of the 32 partitions each: more lanes would cut batches rather than add work.</summary>
    private const int Most = 8;

    /// <summary>As said, or one for every two cores: a lane keeps about a core of the silo and one of the database busy.</summary>
    /// <param name="said"><see cref="EventStoreOptions.Lanes"/>; 0: not said.</param>
    /// <param name="cores">Cores that the process may use.</param>
    public static int Of(int said, int cores) => said > 0 ? said : Math.Clamp(cores / 2, 1, Most);
}
