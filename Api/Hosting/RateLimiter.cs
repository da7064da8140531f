using System.Collections.Concurrent;

namespace Tms.Api.Hosting;

/// <summary>
/// Counts requests per caller in fixed windows that all callers and all nodes share, so that a window that ends is forgotten whole.
/// </summary>
/// <remarks>
/// At most <paramref name="capacity"/> callers are counted by themselves in a window;
/// those who come after them share 1024 counters, which this node counts alone.
/// </remarks>
/// <typeparam name="TCaller">What tells callers apart; its text is the same on every node.</typeparam>
internal sealed class RateLimiter<TCaller>(
    string name, int limit, TimeSpan length, PermitSource source, TimeProvider time, int capacity = RateLimiter<TCaller>.MaxCallers)
    where TCaller : notnull
{
    private const int MaxCallers = 100_000;
    private const int SharedCounters = 1024;
    private volatile Window _current = new(long.MinValue, capacity);

    /// <summary>Takes one request.</summary>
    public async ValueTask<RateTaken> Take(TCaller caller) => await TryTake(caller) ?? Share(caller);

    /// <summary>Takes one request of a caller who is counted by itself; null where there are too many of these.</summary>
    public async ValueTask<RateTaken?> TryTake(TCaller caller)
    {
        var (current, endsAt) = Current();
        if ((current.Find(caller) ?? Add(current, caller, endsAt)) is not { } permits) return null;
        return new RateTaken(limit, await permits.Take(), endsAt) { Permits = permits };
    }

    private RateTaken Share(TCaller caller)
    {
        source.CountedAlone();
        var (current, endsAt) = Current();
        return new(limit, limit - current.Share(caller), endsAt);
    }

    private CallerPermits? Add(Window window, TCaller caller, long endsAt) =>
        window.TryAdd(caller, _ => new(new($"{name}/{(long)length.TotalSeconds}/{window.Number}/{caller}", limit, endsAt), source));

    private (Window Current, long EndsAt) Current()
    {
        var seconds = (long)length.TotalSeconds;
        var number = time.GetUtcNow().ToUnixTimeSeconds() / seconds;
        return (Current(number), (number + 1) * seconds);
    }

    private Window Current(long number)
    {
        var current = _current;
        if (current.Number == number) return current;
        var fresh = new Window(number, capacity);
        var seen = Interlocked.CompareExchange(ref _current, fresh, current);
        return ReferenceEquals(seen, current) ? fresh : seen;
    }

    private sealed class Window(long number, int capacity)
    {
        private readonly ConcurrentDictionary<TCaller, CallerPermits> _callers = [];
        private readonly int[] _shared = new int[SharedCounters];
        private int _size;

        public long Number { get; } = number;

        public CallerPermits? Find(TCaller caller) => _callers.GetValueOrDefault(caller);

        /// <summary>The caller's own counter; null where there are too many.</summary>
        public CallerPermits? TryAdd(TCaller caller, Func<TCaller, CallerPermits> make)
        {
            if (_size >= capacity) return null;
            Interlocked.Increment(ref _size);
            return _callers.GetOrAdd(caller, make);
        }

        public int Share(TCaller caller) => Interlocked.Increment(ref _shared[(uint)caller.GetHashCode() % SharedCounters]);
    }
}
