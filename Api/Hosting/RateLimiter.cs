using System.Collections.Concurrent;

namespace Tms.Api.Hosting;

/// <summary>Counts requests per caller in fixed windows that all callers share, so that a window that ends is forgotten whole.</summary>
/// <remarks>At most 100 000 callers are counted by themselves in a window; those who come after them share 1024 counters.</remarks>
internal sealed class RateLimiter(int limit, TimeSpan window, TimeProvider time)
{
    private const int MaxCallers = 100_000;
    private const int SharedCounters = 1024;
    private volatile Window _current = new(long.MinValue);

    public int Limit { get; } = limit;

    /// <summary>Takes one request.</summary>
    /// <returns>How many are left (negative: this one is too many), and the Unix second at which the window ends.</returns>
    public (int Left, long ResetsAt) Take(object caller)
    {
        var seconds = (long)window.TotalSeconds;
        var number = time.GetUtcNow().ToUnixTimeSeconds() / seconds;
        var current = Current(number);
        return (Limit - current.Count(caller), (number + 1) * seconds);
    }

    private Window Current(long number)
    {
        var current = _current;
        if (current.Number == number) return current;
        var fresh = new Window(number);
        var seen = Interlocked.CompareExchange(ref _current, fresh, current);
        return ReferenceEquals(seen, current) ? fresh : seen;
    }

    private sealed class Window(long number)
    {
        private readonly ConcurrentDictionary<object, Counter> _callers = [];
        private readonly int[] _shared = new int[SharedCounters];
        private int _size;

        public long Number { get; } = number;

        public int Count(object caller)
        {
            if (_callers.TryGetValue(caller, out var counter)) return counter.Next();
            if (_size >= MaxCallers) return Interlocked.Increment(ref _shared[(uint)caller.GetHashCode() % SharedCounters]);
            Interlocked.Increment(ref _size);
            return _callers.GetOrAdd(caller, static _ => new Counter()).Next();
        }
    }

    private sealed class Counter
    {
        private int _value;

        public int Next() => Interlocked.Increment(ref _value);
    }
}
