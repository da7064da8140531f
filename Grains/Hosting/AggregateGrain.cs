using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Cluster;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Hosting;

/// <summary>An aggregate's state, loaded from its stream and kept up with it.</summary>
/// <remarks>
/// Events are appended first and handed to Orleans' journal when they are durable, so the journal never retries, repeats or
/// overlays anything. What others append is read as soon as they tell, or the log is asked.
/// </remarks>
[PlacedByTenant]
public abstract class AggregateGrain<TState, TCommand, TEvent> : JournaledGrain<Box<TState>, Recorded<TEvent>>,
    ICustomStorageInterface<Box<TState>, Recorded<TEvent>>, ILogFollower
    where TState : class
    where TEvent : class
{
    private Exception? _loadFailure;
    private bool _isActive;
    private int _atLeast;

    private protected AggregateGrain(IDecider<TState, TCommand, TEvent> decider, AggregateServices services) =>
        (Decider, Services) = (decider, services);

    /// <summary>The company (or the platform) that the aggregate belongs to.</summary>
    protected Guid Tenant => Log.Tenant.Value;

    /// <summary>The aggregate's own id.</summary>
    protected Guid Id => Log.Stream.Id;

    /// <summary>The state now.</summary>
    protected TState Current => State.Value ?? Decider.Initial;

    private protected IDecider<TState, TCommand, TEvent> Decider { get; }

    private protected AggregateServices Services { get; }

    private protected AggregateLog<TState, TCommand, TEvent> Log { get; private set; } = null!;

    /// <summary>The latest snapshot.</summary>
    private protected SnapshotMark LastSnapshot { get; set; }

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!GrainKey.TryParse(this.GetPrimaryKeyString(), out var tenant, out var id))
        {
            throw new ArgumentException($"The grain key '{this.GetPrimaryKeyString()}' is not tenant/id.");
        }

        Log = new(Decider, Services, new(tenant), id);
        await base.OnActivateAsync(cancellationToken);
        if (_loadFailure is { } failure)
        {
            throw failure;
        }

        _isActive = true;
    }

    /// <inheritdoc />
    public Task Moved(int version)
    {
        _atLeast = Math.Max(_atLeast, version);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Forget()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected sealed override void TransitionState(Box<TState> state, Recorded<TEvent> @event) =>
        state.Value = Decider.Evolve(state.Value ?? Decider.Initial, @event.Event, @event.Facts);

    /// <summary>
    /// Never throws: the journal would retry behind the callers' backs. <see cref="OnActivateAsync"/> and <see cref="BeCurrent"/> tell
    /// them.
    /// </summary>
    async Task<KeyValuePair<int, Box<TState>>> ICustomStorageInterface<Box<TState>, Recorded<TEvent>>.ReadStateFromStorage()
    {
        try
        {
            var folded = !_isActive && FreshAggregate.IsNamed(Log.Stream.Id) ? Log.Empty : await Log.Load();
            LastSnapshot = folded.Snapshot;
            return new(folded.Version, new Box<TState> { Value = folded.State });
        }
        catch (Exception e)
        {
            _loadFailure = e;
            return new(0, new Box<TState>());
        }
    }

    /// <summary>What comes here is in the log already.</summary>
    Task<bool> ICustomStorageInterface<Box<TState>, Recorded<TEvent>>.ApplyUpdatesToStorage(
        IReadOnlyList<Recorded<TEvent>> updates, int expectedVersion) =>
        Task.FromResult(true);

    /// <summary>Reads what others are known to have appended, or may have while this process stood still.</summary>
    private protected async ValueTask BeCurrent()
    {
        if (Services.Standstill.IsDoubtful) await HasMovedOn();
        if (_atLeast > Version) await RefreshNow();
        ThrowUnread();
    }

    /// <summary>
    /// Whether the log has events that this activation does not know: one probe of an index, before an answer that no append confirms.
    /// </summary>
    private protected async ValueTask<bool> HasMovedOn()
    {
        if (Version == 0) return false;
        _atLeast = Math.Max(_atLeast, (await Services.Reader.Version(Log.Tenant, Log.Stream)).Value);
        return _atLeast > Version;
    }

    /// <summary>Evolves the state by events that are durable now.</summary>
    /// <remarks>
    /// An event that the state cannot take has the journal read the log. If that fails too, nobody is answered with a state that is not the
    /// log's.
    /// </remarks>
    private protected async Task Keep(IReadOnlyList<TEvent> events, DateTimeOffset time)
    {
        var version = Version;
        foreach (var e in events)
        {
            RaiseEvent(new Recorded<TEvent>(e, new EventFacts(Id, ++version, time)));
        }

        await ConfirmEvents();
        ThrowUnread();
    }

    private void ThrowUnread()
    {
        if (_loadFailure is { } failure)
        {
            DeactivateOnIdle();
            throw failure;
        }
    }

    /// <summary>An activation of something that does not exist is not kept.</summary>
    private protected bool Exists()
    {
        if (Version == 0)
        {
            DeactivateOnIdle();
        }

        return Version > 0;
    }
}
