using System.Collections.Concurrent;

namespace Tms.Api.Hosting;

/// <summary>Counts requests per caller in fixed windows that all callers and all nodes share, so that a window that ends is forgotten whole.</summary>
/// <remarks>At most 100 000 callers are counted by themselves in a window; those who come after them share 1024 counters, which this node counts alone.</remarks>
internal sealed class RateLimiter(string name, int limit, TimeSpan length, PermitSource source, TimeProvider time)
{
    private const int MaxCallers = 100_000;
    private const int SharedCounters = 1024;
    private volatile Window _current = new(long.MinValue);

    public int Limit { get; } = limit;

    /// <summary>Takes one request.</summary>
    public ValueTask<RateTaken> Take(object caller)
    {
        var seconds = (long)length.TotalSeconds;
        var number = time.GetUtcNow().ToUnixTimeSeconds() / seconds;
        var (current, endsAt) = (Current(number), (number + 1) * seconds);
        if ((current.Find(caller) ?? Add(current, caller, endsAt)) is not { } permits) return new(new RateTaken(Limit - Alone(current, caller), endsAt));
        var taken = permits.Take();
        return taken.IsCompletedSuccessfully ? new(new RateTaken(taken.Result, endsAt)) : Wait(taken, endsAt);
    }

    private static async ValueTask<RateTaken> Wait(ValueTask<int> taken, long endsAt) => new(await taken, endsAt);

    private int Alone(Window window, object caller)
    {
        source.CountedAlone();
        return window.Share(caller);
    }

    private CallerPermits? Add(Window window, object caller, long endsAt) =>
        window.TryAdd(caller, _ => new(new($"{name}/{(long)length.TotalSeconds}/{window.Number}/{CallerName(caller)}", Limit, endsAt), source));

    // The network half of an IPv6 address comes as a number.
    private static string CallerName(object caller) => caller is long network ? $"{network:x16}::" : caller.ToString()!;

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
        private readonly ConcurrentDictionary<object, CallerPermits> _callers = [];
        private readonly int[] _shared = new int[SharedCounters];
        private int _size;

        public long Number { get; } = number;

        public CallerPermits? Find(object caller) => _callers.GetValueOrDefault(caller);

        /// <summary>The caller's own counter; null where there are too many.</summary>
        public CallerPermits? TryAdd(object caller, Func<object, CallerPermits> make)
        {
            if (_size >= MaxCallers) return null;
            Interlocked.Increment(ref _size);
            return _callers.GetOrAdd(caller, make);
        }

        public int Share(object caller) => Interlocked.Increment(ref _shared[(uint)caller.GetHashCode() % SharedCounters]);
    }
}

/// <summary>What became of a request.</summary>
/// <param name="Left">How many more there may be on all nodes, as far as is known; negative: this one was too many.</param>
/// <param name="ResetsAt">The Unix second at which the window ends.</param>
internal readonly record struct RateTaken(int Left, long ResetsAt);
