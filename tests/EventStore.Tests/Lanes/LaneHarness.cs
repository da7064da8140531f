using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>A writer whose store does as it is told, by a clock that stands still.</summary>
internal sealed class LaneHarness : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly EventStoreMetrics _metrics;
    private readonly WriterLanes _lanes;
    private TaskCompletionSource _gate = new();
    private Task? _closing;
    private int _sessions;

    public LaneHarness(EventStoreOptions? options = null, int lanes = 1)
    {
        _metrics = new(_services.GetRequiredService<IMeterFactory>());
        _lanes = new(Session, lanes, new(options ?? new(), Time, _metrics, Health, Heard.For<WriterLane>()));
    }

    public ScriptedStore Store { get; } = new();

    /// <summary>How many sessions were begun, the lanes' own included.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    public WriterHealth Health { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public HeardLog Heard { get; } = new();

    public Task<AppendResult> Append(AppendUnit unit) => _lanes.Append(unit, CancellationToken.None);

    /// <summary>Keeps the lane in the middle of a batch until <see cref="Open"/>: what is appended meanwhile waits.</summary>
    public async Task<Task<AppendResult>> Busy(TenantId? tenant = null)
    {
        _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.Gate = _gate.Task;
        var tried = Store.Tries;
        var first = Append(Some.Unit(tenant ?? Some.Tenant(), Some.Stream()));
        while (Store.Tries == tried) await Task.Yield();
        return first;
    }

    /// <summary>Begins to close the writer; a lane in the middle of a batch ends it first.</summary>
    public Task Close() => _closing ??= _lanes.DisposeAsync().AsTask();

    /// <summary>Appends one more unit, letting time pass until the lane takes it in.</summary>
    public async Task<AppendResult> Next()
    {
        while (true)
        {
            try
            {
                return await Append(Some.Unit(Some.Tenant(), Some.Stream()));
            }
            catch (StoreBusyException)
            {
                Time.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Yield();
            }
        }
    }

    /// <summary>Lets time pass until something has ended.</summary>
    public async Task Pass(Task ended)
    {
        while (!ended.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Yield();
        }
    }

    public void Open()
    {
        Store.Gate = Task.CompletedTask;
        _gate.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever failed, nothing is held for ever.
        (Store.Fails, Store.Finds, Store.Held) = (static _ => null, null, null);
        Open();
        await Pass(Close());
        _metrics.Dispose();
        await _services.DisposeAsync();
    }

    private ScriptedStore Session()
    {
        Interlocked.Increment(ref _sessions);
        return Store;
    }
}
