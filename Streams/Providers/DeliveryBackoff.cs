using Orleans.Runtime.Providers;

namespace Tms.Streams.Providers;

/// <summary>
/// Pauses between attempts to deliver one batch: 50 ms doubling to 5 s, with jitter. Orleans' own start at a second and more.
/// </summary>
internal sealed class DeliveryBackoff : IMessageDeliveryBackoffProvider
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public TimeSpan Next(int attempt) => BackOff.After(attempt, First, Longest);
}
