using Orleans.Providers;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Hosting;

/// <summary>Hosts a decider: load, decide, append, evolve, answer with the view. One way to be stateful.</summary>
/// <remarks>
/// Any doubt (conflict, unknown outcome) ends the activation: the next call loads what is true.
/// An activation is kept for two minutes after its last call: to load it again costs a millisecond, and creates and jobs touch most
/// aggregates once.
/// A decision may bring events of other aggregates with it. If one of those has moved on, the whole is decided anew, from what is true by
/// then.
/// </remarks>
[LogConsistencyProvider(ProviderName = AggregateServices.LogProvider), CollectionAgeLimit(Minutes = 2)]
public abstract class DeciderGrain<TState, TCommand, TEvent, TView>(IDecider<TState, TCommand, TEvent> decider, AggregateServices services)
    : AggregateGrain<TState, TCommand, TEvent>(decider, services), IAggregateGrain<TCommand, TView>
    where TState : class
    where TCommand : class
    where TEvent : class
    where TView : class
{
    // Less than a caller waits for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private UnitMaker<TEvent> _units = null!;
    private Repeats<TState, TCommand, TEvent> _repeats = null!;
    private Neighbours _neighbours = null!;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        _units = new(Services, Log.Tenant, Log.Stream);
        _repeats = new(Log, Services.Reader);
        _neighbours = new(GrainFactory, Log.Tenant, Log.Stream);
    }

    /// <inheritdoc />
    public async Task<Outcome<TView>> Execute(TCommand command, CommandContext context)
    {
        var started = Services.Time.GetTimestamp();
        while (true)
        {
            await BeCurrent();
            if (await Known(command, context) is { } known) return known;
            var decision = Decider.Decide(Current, await Complete(command), Services.Time.GetUtcNow());
            var outcome = decision is Decision<TEvent>.Accepted { Events.Count: > 0 } accepted
                ? await Append(accepted, context)
                : await Unchanged(decision, context);
            if (outcome is not null)
            {
                if (context.Once) DeactivateOnIdle();
                return outcome;
            }

            if (Services.Time.GetElapsedTime(started) > Patience) return Answer(OutcomeKind.Conflict);
        }
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
        return Exists() && version >= 1 && version <= Version ? await ViewAt(Log.Stream, version) : null;
    }

    /// <inheritdoc />
    public async Task<TView?> GetAsOf(DateTimeOffset time)
    {
        await BeCurrent();
        return Exists() && await Log.VersionAt(time) is > 0 and var version ? await ViewAt(Log.Stream, version) : null;
    }

    /// <summary>What callers see of a state that exists. Pure.</summary>
    protected abstract TView View(TState state);

    /// <summary>Adds to a command what only other aggregates know. They are asked for their views, never told anything.</summary>
    protected virtual ValueTask<TCommand> Complete(TCommand command) => new(command);

    /// <summary>Answers without deciding: a repeat whose first outcome nobody saw, or a version that has moved on.</summary>
    private async Task<Outcome<TView>?> Known(TCommand command, CommandContext context)
    {
        if (context.MayHaveHappened && Version > 0 && await _repeats.Happened(context) is { } repeat) return await Answer(repeat);
        if (!Expects(context) && await HasMovedOn()) await BeCurrent();
        return !Expects(context)
            ? await Earlier(context)
                ?? Answer(Exists() || command is ICreate ? OutcomeKind.Stale : OutcomeKind.Refused, refusal: Refusal.NotFound("resource"))
            : null;
    }

    /// <summary>
    /// What a keyed command did the first time; null without a key or when it never happened. What does not exist is not kept in memory.
    /// </summary>
    private async Task<Outcome<TView>?> Earlier(CommandContext context)
    {
        if (await _repeats.Keyed(context) is { } repeat) return await Answer(repeat);
        Exists();
        return null;
    }

    private bool Expects(CommandContext context) => context.ExpectedVersions is not { } expected || expected.Contains(Version);

    /// <summary>Answers where nothing happens; null: decided on a state that is no longer true.</summary>
    private async Task<Outcome<TView>?> Unchanged(Decision<TEvent> decision, CommandContext context)
    {
        if (await Earlier(context) is { } earlier) return earlier;
        if (decision is Decision<TEvent>.Refused { Reason.Kind: RefusalKind.Invalid } wrong) return Refused(wrong);
        if (await HasMovedOn()) return null;
        return decision is Decision<TEvent>.Refused refused ? Refused(refused) : Answer(OutcomeKind.Done, View(Current));
    }

    /// <summary>
    /// Appends and answers; null: another aggregate of the decision has moved on, or somebody else has just made the key of one of its
    /// persons.
    /// </summary>
    private async Task<Outcome<TView>?> Append(Decision<TEvent>.Accepted decision, CommandContext context)
    {
        var (unit, isWhole) = await _units.Make(decision, Version, context, await DueSnapshot());
        AppendResult result;
        try
        {
            result = await Services.Writer.Append(unit);
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
                LastSnapshot = unit.Snapshot is { } written ? new(written.Version.Value, written.State.Length) : LastSnapshot;
                // Told first: that this state may not take its own event must not keep others from what is theirs.
                var told = await _neighbours.TellAll(unit);
                await Keep(decision.With(appended.Numbers).Events, appended.Time);
                return told ? Answer(OutcomeKind.Done, View(Current)) : throw NotTold();
            case AppendResult.Appended repeated:
                DeactivateOnIdle();
                return await _neighbours.TellAll(unit)
                    ? Answer(OutcomeKind.Done, await ViewAt(Log.Stream, repeated.Version.Value))
                    : throw NotTold();
            case AppendResult.KeyTaken taken:
                Exists();
                if (taken.Earlier.Stream == Log.Stream) await Moved(taken.Earlier.Version.Value);
                return await Answer(await _repeats.Of(taken.Earlier, context));
            case AppendResult.Reserved { Holder.Scope: PersonKeys.Kind }:
                return null;
            case AppendResult.Reserved:
                Exists();
                return Answer(OutcomeKind.Taken);
            case AppendResult.BlobMissing:
                Exists();
                return Answer(OutcomeKind.Refused, refusal: Refusal.FileNotStored());
            case AppendResult.Conflict other when _neighbours.HasMovedOn(decision.Related, other.Stream):
                return await _neighbours.Tell(other.Stream, other.Actual) ? null : throw NotReached();
            default:
                DeactivateOnIdle();
                return Answer(OutcomeKind.Conflict);
        }
    }

    // The unit is stored. The caller that hears of it reads the other aggregates next, and shall not find them as they were before.
    private static StoreUnavailableException NotTold() =>
        new("What was decided is stored, but another aggregate that is part of it could not be told.");

    // Nobody else changes it over and over, which a conflict would say: its silo is gone, and the next one answers in a moment.
    private static StoreUnavailableException NotReached() =>
        new("Nothing was stored: another aggregate that is part of it has moved on and cannot be reached.");

    /// <summary>The state as it was before this command: durable already, so it may ride along.</summary>
    private ValueTask<Snapshot?> DueSnapshot()
    {
        if (!Snapshots.Due(Version, LastSnapshot) || !Log.Snapshots.MayBe) return new((Snapshot?)null);
        var state = Snapshots.Write(Current, Decider.SnapshotJson);
        return Log.Snapshots.Seal(new(Log.Tenant, Log.Stream, new(Version), Decider.SnapshotSchema, state)
        {
            Stays = Snapshots.Stays(Version, state.Length, LastSnapshot),
        });
    }

    private async Task<TView?> ViewAt(StreamName stream, int version) =>
        stream == Log.Stream && version == Version ? View(Current)
        : await Log.FoldTo(stream, version) is { } folded ? View(folded.State)
        : null;

    private async Task<Outcome<TView>> Answer(Repeat repeat) =>
        Answer(repeat.Kind, repeat.Version > 0 ? await ViewAt(repeat.Stream, repeat.Version) : null);

    private static Outcome<TView> Refused(Decision<TEvent>.Refused refused) =>
        Answer(OutcomeKind.Refused, refusal: refused.Reason) with { Others = [.. refused.Others] };

    private static Outcome<TView> Answer(OutcomeKind kind, TView? view = null, Refusal? refusal = null) => new(kind, view, refusal);
}
