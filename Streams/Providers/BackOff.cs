namespace Tms.Streams.Providers;

/// <summary>Pauses that double, with jitter so that 32 receivers do not come back as one.</summary>
internal static class BackOff
{
    /// <summary>
    /// The pause after a number of failures in a row (from 0): between half of the doubled first one and all of it, never above the
    /// longest.
    /// </summary>
    internal static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        var full = Math.Min(longest.Ticks, first.Ticks << Math.Clamp(failures, 0, 20));
        return TimeSpan.FromTicks((full / 2) + Random.Shared.NextInt64((full / 2) + 1));
    }
}
