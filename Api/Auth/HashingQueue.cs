using Tms.EventStore;

namespace Tms.Api.Auth;

/// <summary>
/// Work that keeps a core busy for long: as much at once as there are cores, on threads of its own, and only so much waiting.
/// </summary>
/// <remarks>
/// On the pool's few threads a burst of logins would hold up every other request of the node; beside them the system shares the cores out.
/// </remarks>
internal sealed class HashingQueue(int cores) : IDisposable
{
    /// <summary>How many may wait for each core: about ten seconds of work.</summary>
    internal const int WaitingPerCore = 100;

    /// <summary>How many of those places strangers have: the rest is for networks from which somebody has logged in.</summary>
    internal const int StrangersPerCore = WaitingPerCore * 3 / 4;

    /// <summary>How long somebody waits for a core: on a busy machine that is not always ten seconds of work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _cores = new(cores);
    private int _inside;

    /// <summary>Runs work when a core is free.</summary>
    /// <param name="work">The work.</param>
    /// <param name="isStranger">Whether somebody asks who has shown nothing yet, from a network that nobody is known of.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <exception cref="StoreBusyException">Too many are waiting: 503 with Retry-After.</exception>
    public async Task<T> Run<T>(Func<T> work, bool isStranger, CancellationToken cancel)
    {
        try
        {
            var places = cores * ((isStranger ? StrangersPerCore : WaitingPerCore) + 1);
            if (Interlocked.Increment(ref _inside) > places) throw new StoreBusyException("Too many passwords are waiting to be checked.");
            return await OnACore(work, cancel);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _cores.Dispose();

    private async Task<T> OnACore<T>(Func<T> work, CancellationToken cancel)
    {
        if (!await _cores.WaitAsync(Patience, cancel)) throw new StoreBusyException("Passwords have waited too long to be checked.");
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _cores.Release();
        }
    }
}
