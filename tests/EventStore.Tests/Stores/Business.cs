namespace Tms.EventStore.Tests.Stores;

/// <summary>
/// A tenant with a stream of each kind that the tests' read models follow; whoever works on it goes on where the last one was.
/// </summary>
internal sealed class Business
{
    private readonly Dictionary<StreamName, int> _versions = [];
    private readonly StreamName[] _streams = [Some.Stream(TotalsProjection.Stream), Some.Stream(WordEntries.Stream), Some.Stream()];
    private int _amount;

    public TenantId Tenant { get; } = Some.Tenant();

    /// <summary>The stream that a row is kept of which is read before it is written.</summary>
    public StreamName Totals => _streams[0];

    /// <summary>Goes on with every stream, and begins one more of totals.</summary>
    public async Task Works(StoreUnderTest process)
    {
        await process.Appended(Some.Unit(Tenant, [.. _streams.Select(On), On(Some.Stream(TotalsProjection.Stream))]));
    }

    public async Task Adds(StoreUnderTest process, StreamName stream, params int[] amounts)
    {
        await process.Appended(Some.Unit(Tenant, stream, _versions.GetValueOrDefault(stream), [.. amounts.Select(Some.Event)]));
        _versions[stream] = _versions.GetValueOrDefault(stream) + amounts.Length;
    }

    private StreamAppend On(StreamName stream)
    {
        var expected = _versions.GetValueOrDefault(stream);
        _versions[stream] = expected + 1;
        return Some.On(Tenant, stream, expected, Some.Event(++_amount));
    }
}
