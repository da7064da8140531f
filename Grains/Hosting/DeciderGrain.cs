using Orleans.EventSourcing;
using Orleans.EventSourcing.CustomStorage;
using Orleans.Providers;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Hosting;

/// <summary>Hosts a decider: load, decide, append, evolve, answer with the view. One way to be stateful.</summary>
/// <remarks>
/// Events are appended first and handed to Orleans' journal when they are durable, so the journal never retries, repeats or
/// overlays anything. Any doubt (conflict, unknown outcome) ends the activation: the next call loads what is true.
/// An activation is kept for two minutes after its last call: to load it again costs a millisecond, and creates and jobs touch most aggregates once.
/// A decision may bring events of other aggregates with it. If one of those has moved on, the whole is decided anew, from what is true by then.
/// </remarks>
[LogConsistencyProvider(ProviderName = AggregateServices.LogProvider), CollectionAgeLimit(Minutes = 2)]
public abstract class DeciderGrain<TState, TCommand, TEvent, TView>(IDecider<TState, TCommand, TEvent> decider, AggregateServices services)
    : JournaledGrain<Box<TState>, Recorded<TEvent>>, ICustomStorageInterface<Box<TState>, Recorded<TEvent>>, IAggregateGrain<TCommand, TView>, ILogFollower
    where TState : class
    where TCommand : class
    where TEvent : class
    where TView : class
{
    // Less than a caller waits for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private AggregateLog<TState, TCommand, TEvent> _log = null!;
    private UnitMaker<TEvent> _units = null!;
    private Exception? _loadFailure;
    private SnapshotMark _snapshot;
    private bool _isActive;
    private int _atLeast;

    /// <summary>The company (or the platform) that the aggregate belongs to.</summary>
    protected Guid Tenant => _log.Tenant.Value;

    /// <summary>The aggregate's own id.</summary>
    protected Guid Id => _log.Stream.Id;

    /// <summary>The state now.</summary>
    protected TState Current => State.Value ?? decider.Initial;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!GrainKey.TryParse(this.GetPrimaryKeyString(), out var tenant, out var id))
        {
            throw new ArgumentException($"The grain key '{this.GetPrimaryKeyString()}' is not tenant/id.");
        }

        _log = new(decider, services, new(tenant), id);
        _units = new(services, _log.Tenant, _log.Stream);
        await base.OnActivateAsync(cancellationToken);
        if (_loadFailure is { } failure)
        {
            throw failure;
        }

        _isActive = true;
    }

    /// <inheritdoc />
    public async Task<Outcome<TView>> Execute(TCommand command, CommandContext context)
    {
        var started = services.Time.GetTimestamp();
        while (true)
        {
            await BeCurrent();
            if (await Known(context) is { } known) return known;
            var decision = decider.Decide(Current, await Complete(command), services.Time.GetUtcNow());
            var outcome = decision is Decision<TEvent>.Accepted { Events.Count: > 0 } accepted
                ? await Append(accepted, context)
                : await Unchanged(decision, context);
            if (outcome is not null)
            {
                if (context.Once) DeactivateOnIdle();
                return outcome;
            }

            if (services.Time.GetElapsedTime(started) > Patience) return Answer(OutcomeKind.Conflict);
        }
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
    public async Task<TView?> Get()
    {
        await BeCurrent();
        return Exists() ? View(Current) : null;
    }

    /// <inheritdoc />
    public async Task<TView?> GetVersion(int version)
    {
        await BeCurrent();
        return !Exists() ? null
            : version == Version ? View(Current)
            : version >= 1 && version < Version ? await ViewWhile(_log.Stream, e => e.Version.Value <= version)
            : null;
    }

    /// <inheritdoc />
    public async Task<TView?> GetAsOf(DateTimeOffset time)
    {
        await BeCurrent();
        return Exists() ? await ViewWhile(_log.Stream, e => e.Time <= time) : null;
    }

    /// <summary>What callers see of a state that exists. Pure.</summary>
    protected abstract TView View(TState state);

    /// <summary>Adds to a command what only other aggregates know. They are asked for their views, never told anything.</summary>
    protected virtual ValueTask<TCommand> Complete(TCommand command) => new(command);

    /// <inheritdoc />
    protected sealed override void TransitionState(Box<TState> state, Recorded<TEvent> @event) =>
        state.Value = decider.Evolve(state.Value ?? decider.Initial, @event.Event, @event.Facts);

    /// <summary>Never throws: the journal would retry behind the callers' backs. <see cref="OnActivateAsync"/> and <see cref="BeCurrent"/> tell them.</summary>
    async Task<KeyValuePair<int, Box<TState>>> ICustomStorageInterface<Box<TState>, Recorded<TEvent>>.ReadStateFromStorage()
    {
        try
        {
            var folded = !_isActive && FreshAggregate.IsNamed(_log.Stream.Id) ? _log.Empty : await _log.Load();
            _snapshot = folded.Snapshot;
            return new(folded.Version, new Box<TState> { Value = folded.State });
        }
        catch (Exception e)
        {
            _loadFailure = e;
            return new(0, new Box<TState>());
        }
    }

    /// <summary>What comes here is in the log already.</summary>
    Task<bool> ICustomStorageInterface<Box<TState>, Recorded<TEvent>>.ApplyUpdatesToStorage(IReadOnlyList<Recorded<TEvent>> updates, int expectedVersion) =>
        Task.FromResult(true);

    /// <summary>Answers without deciding: a repeat whose first outcome nobody saw, or a version that has moved on.</summary>
    private async Task<Outcome<TView>?> Known(CommandContext context)
    {
        if (context.MayHaveHappened && Version > 0 && await _log.VersionAfter(context.CommandId) is { } version)
        {
            return Answer(OutcomeKind.Done, await ViewWhile(_log.Stream, e => e.Version.Value <= version));
        }

        if (!Expects(context) && await HasMovedOn()) await BeCurrent();
        return !Expects(context)
            ? await Earlier(context) ?? Answer(Exists() ? OutcomeKind.Stale : OutcomeKind.Refused, refusal: Refusal.NotFound("resource"))
            : null;
    }

    /// <summary>What a keyed command did the first time; null without a key or when it never happened.</summary>
    private async Task<Outcome<TView>?> Earlier(CommandContext context)
    {
        if (context.KeyHash is null || await services.Reader.FindCommand(_log.Tenant, context.KeyHash) is not { } record)
        {
            Exists();
            return null;
        }

        return await Replay(record, context);
    }

    private async Task<Outcome<TView>> Replay(CommandRecord record, CommandContext context) =>
        record.Fingerprint.AsSpan().SequenceEqual(context.KeyFingerprint) && record.Stream.Type == decider.StreamType
            ? Answer(OutcomeKind.Replayed, await ViewWhile(record.Stream, e => e.Version.Value <= record.Version.Value))
            : Answer(OutcomeKind.KeyReused);

    private bool Expects(CommandContext context) => context.ExpectedVersions is not { } expected || expected.Contains(Version);

    /// <summary>Answers where nothing happens; null: decided on a state that is no longer true.</summary>
    private async Task<Outcome<TView>?> Unchanged(Decision<TEvent> decision, CommandContext context)
    {
        if (await Earlier(context) is { } earlier) return earlier;
        if (decision is Decision<TEvent>.Refused { Reason.Kind: RefusalKind.Invalid } wrong) return Refused(wrong);
        if (await HasMovedOn()) return null;
        return decision is Decision<TEvent>.Refused refused ? Refused(refused) : Answer(OutcomeKind.Done, View(Current));
    }

    /// <summary>Appends and answers; null: another aggregate of the decision has moved on, or somebody else has just made the key of one of its persons.</summary>
    private async Task<Outcome<TView>?> Append(Decision<TEvent>.Accepted decision, CommandContext context)
    {
        var (unit, isWhole) = await _units.Make(decision, Version, context, await DueSnapshot());
        AppendResult result;
        try
        {
            result = await services.Writer.Append(unit);
        }
        catch (Exception e) when (e is not (StoreBusyException or UnitRejectedException))
        {
            // Where nothing was stored nothing is in doubt; to load again would cost a store that is busy already.
            DeactivateOnIdle();
            throw;
        }

        _units.Forget(unit);
        switch (result)
        {
            case AppendResult.Appended { AlreadyThere: false } appended when isWhole:
                _snapshot = unit.Snapshot is { } written ? new(written.Version.Value, written.State.Length) : _snapshot;
                await Keep(decision.With(appended.Numbers).Events, appended);
                await TellOthers(unit);
                return Answer(OutcomeKind.Done, View(Current));
            case AppendResult.Appended repeated:
                DeactivateOnIdle();
                await TellOthers(unit);
                return Answer(OutcomeKind.Done, await ViewWhile(_log.Stream, e => e.Version.Value <= repeated.Version.Value));
            case AppendResult.KeyTaken taken:
                Exists();
                return await Replay(taken.Earlier, context);
            case AppendResult.Reserved { Holder.Scope: PersonKeys.Kind }:
                return null;
            case AppendResult.Reserved:
                Exists();
                return Answer(OutcomeKind.Taken);
            case AppendResult.Conflict other when other.Stream != _log.Stream && decision.Related.Any(r => IsOf(r, other.Stream) && r.Version > 0):
                return await Tell(other.Stream, other.Actual) ? null : Answer(OutcomeKind.Conflict);
            default:
                DeactivateOnIdle();
                return Answer(OutcomeKind.Conflict);
        }
    }

    /// <summary>Existing aggregates that got events here answer nobody any more without them.</summary>
    private async Task TellOthers(AppendUnit unit)
    {
        for (var i = 1; i < unit.Streams.Count; i++)
        {
            if (unit.Streams[i] is { Expected.Value: > 0 } other && other.Tenant == _log.Tenant) await Tell(other.Stream, other.Last);
        }
    }

    /// <summary>Tells another aggregate how far its stream is; false if it cannot be told now. What is stored stays stored: that activation finds out by its next conflict.</summary>
    private async Task<bool> Tell(StreamName stream, StreamVersion version)
    {
        try
        {
            await GrainFactory.Of(_log.Tenant, stream).Moved(version.Value);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private static bool IsOf(RelatedEvents related, StreamName stream) => related.StreamType == stream.Type && related.StreamId == stream.Id;

    /// <summary>Reads what others are known to have appended.</summary>
    private async ValueTask BeCurrent()
    {
        if (_atLeast > Version) await RefreshNow();
        if (_loadFailure is { } failure)
        {
            DeactivateOnIdle();
            throw failure;
        }
    }

    /// <summary>Whether the log has events that this activation does not know: one probe of an index, before an answer that no append confirms.</summary>
    private async ValueTask<bool> HasMovedOn()
    {
        if (Version == 0) return false;
        _atLeast = Math.Max(_atLeast, (await services.Reader.Version(_log.Tenant, _log.Stream)).Value);
        return _atLeast > Version;
    }

    /// <summary>The state as it was before this command: durable already, so it may ride along.</summary>
    private ValueTask<Snapshot?> DueSnapshot() => Snapshots.Due(Version, _snapshot)
        ? _log.Snapshots.Seal(new(_log.Tenant, _log.Stream, new(Version), decider.SnapshotSchema, Snapshots.Write(Current, decider.SnapshotJson)))
        : new((Snapshot?)null);

    private async Task Keep(IReadOnlyList<TEvent> events, AppendResult.Appended appended)
    {
        var version = Version;
        foreach (var e in events)
        {
            RaiseEvent(new Recorded<TEvent>(e, new EventFacts(Id, ++version, appended.Time)));
        }

        await ConfirmEvents();
    }

    private async Task<TView?> ViewWhile(StreamName stream, Func<RecordedEvent, bool> include) =>
        await _log.FoldWhile(stream, include) is { } folded ? View(folded.State) : null;

    /// <summary>An activation of something that does not exist is not kept.</summary>
    private bool Exists()
    {
        if (Version == 0)
        {
            DeactivateOnIdle();
        }

        return Version > 0;
    }

    private static Outcome<TView> Refused(Decision<TEvent>.Refused refused) =>
        Answer(OutcomeKind.Refused, refusal: refused.Reason) with { Others = [.. refused.Others] };

    private static Outcome<TView> Answer(OutcomeKind kind, TView? view = null, Refusal? refusal = null) => new(kind, view, refusal);
}
