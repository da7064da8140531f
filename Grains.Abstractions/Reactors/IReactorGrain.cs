using Orleans.Concurrency;

namespace Tms.Grains.Abstractions.Reactors;

/// <summary>Acts on one company's events, on its own cursor over the log. Key: <c>tenant/reactor name</c>.</summary>
[Alias("tms.reactor")]
public interface IReactorGrain : IGrainWithStringKey
{
    /// <summary>Says that the company's log reaches at least to a sequence. One way; may come late, twice or never.</summary>
    /// <param name="sequence">0: it is not known how far; events and letters to retry are looked for.</param>
    [OneWay, Alias("Ring")]
    Task Ring(long sequence);
}
