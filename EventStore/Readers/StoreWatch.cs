using System.Diagnostics.Metrics;

namespace Tms.EventStore.Readers;

/// <summary>
/// Gauge <c>tms.store.up</c>: whether the store answers this process, by the question that readers ask every few seconds anyway.
/// </summary>
internal sealed class StoreWatch : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Meter _meter;
    private readonly TimeProvider _time;
    private long _expectedAt = long.MinValue;

    public StoreWatch(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create("Tms.EventStore");
        _meter.CreateObservableGauge("tms.store.up", () => IsUp ? 1 : 0, null, "1 while the store answers this process, else 0");
    }

    /// <summary>Whether the last question was answered, and the next one is not long due.</summary>
    public bool IsUp => Volatile.Read(ref _expectedAt) is var at && at != long.MinValue && _time.GetUtcNow().UtcTicks <= at;

    /// <summary>Asks, and takes note of whether there was an answer.</summary>
    /// <param name="question">What asks the store.</param>
    /// <param name="pause">How long until it is asked again.</param>
    public async Task Ask(Func<Task> question, TimeSpan pause)
    {
        try
        {
            await question();
            Volatile.Write(ref _expectedAt, (_time.GetUtcNow() + (2 * pause) + Grace).UtcTicks);
        }
        catch
        {
            Volatile.Write(ref _expectedAt, long.MinValue);
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
