namespace Tms.EventStore.Lanes;

/// <summary>How many lanes a silo has.</summary>
internal static class LaneCount
{
    /// <summary>More lanes share batches of load that one PostgreSQL hardly takes faster.</summary>
    private const int Most = 8;

    /// <summary>As said, or one for every two cores: a lane keeps about a core of the silo and one of the database busy.</summary>
    /// <param name="said"><see cref="EventStoreOptions.Lanes"/>; 0: not said.</param>
    /// <param name="cores">Cores that the process may use.</param>
    public static int Of(int said, int cores) => said > 0 ? said : Math.Clamp(cores / 2, 1, Most);
}
