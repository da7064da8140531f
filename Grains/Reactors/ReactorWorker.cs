using System.Diagnostics;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Reactors;

/// <summary>Takes one reactor through one tenant's log: in order, from its own cursor, past what it cannot handle.</summary>
/// <remarks>Not thread-safe: its grain sees to it that one call runs at a time.</remarks>
internal sealed class ReactorWorker(ReactorParts parts, IReactor reactor, TenantId tenant, IGrainFactory grains)
{
    private const int LettersAtOnce = 10;
    private const string NoEvent = "The event is not in the log.";

    private static readonly ActivitySource Traces = new(ReactorMetrics.Name);

    private readonly ReactorCursorKeeper _cursor = new(parts, reactor.Name, tenant);
    private int _attempts;
    private int _storeFailures;
    private long _lastLetter;

    /// <summary>The last sequence handled; 0 before the first read.</summary>
    internal long Cursor => _cursor.At?.Value ?? 0;

    /// <summary>Whether dead letters that somebody wants retried were left for the next turn.</summary>
    internal bool HasLetters { get; private set; }

    /// <summary>Whether the cursor moved and is not saved yet.</summary>
    internal bool Unsaved => _cursor.Unsaved;

    /// <summary>Handles what there is.</summary>
    /// <param name="retries">
    /// Whether dead letters that somebody wants retried are looked for, too: some in a turn, for new events do not wait for all of them.
    /// </param>
    /// <param name="cancel">Fires when the grain ends.</param>
    /// <returns>Null when the end of the log was reached; else how long to wait before the next try. Never throws.</returns>
    internal async Task<TimeSpan?> Work(bool retries, CancellationToken cancel)
    {
        try
        {
            await _cursor.Load(cancel);
            var pause = await Follow(cancel);
            HasLetters = retries && await RetryLetters(cancel);
            Recovered();
            return pause;
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return StoreFailed(e);
        }
    }

    /// <summary>Saves the cursor if it moved. Never throws: what is not saved is handled again.</summary>
    internal async Task Save(CancellationToken cancel)
    {
        if (!_cursor.Unsaved) return;
        try
        {
            await _cursor.Save(cancel);
            Recovered();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            StoreFailed(e);
        }
    }

    private async Task<TimeSpan?> Follow(CancellationToken cancel)
    {
        while (true)
        {
            var page = await parts.Events.Read(tenant, _cursor.Ranges(), parts.Options.PageSize, cancel);
            foreach (var e in page)
            {
                if (await Step(e, cancel) is { } pause) return pause;
            }

            if (!page.GoesOn(parts.Options.PageSize)) return null;
        }
    }

    private async Task<TimeSpan?> Step(RecordedEvent e, CancellationToken cancel)
    {
        if (_cursor.IsOpen(e) && await Handle(e, cancel) is { } failure)
        {
            if (++_attempts < parts.Options.Attempts) return Later(e, failure);
            await GiveUp(e, failure, _attempts, cancel);
            _cursor.Stands(e.Sequence);
            _attempts = 0;
        }
        else
        {
            if (_attempts > 0) parts.Log.HandledAtLast(reactor.Name, e.Type, tenant, e.Sequence.Value, _attempts);
            _attempts = 0;
            await _cursor.MoveTo(e, cancel);
        }

        return null;
    }

    // A store that is away is nobody's failure: those exceptions leave, and are not counted against the event.
    private async Task<Exception?> Handle(RecordedEvent e, CancellationToken cancel)
    {
        try
        {
            await Run(e, cancel);
            parts.Metrics.Handled(reactor.Name);
            return null;
        }
        catch (Exception failure) when (failure is not (StoreUnavailableException or StoreBusyException or OutOfMemoryException)
            && !cancel.IsCancellationRequested)
        {
            parts.Metrics.Failed(reactor.Name);
            return failure;
        }
    }

    private async Task Run(RecordedEvent e, CancellationToken cancel)
    {
        var delivered = ToDelivered(await parts.Opener.Open(e, cancel));
        using var span = Traces.Continue(reactor.Name, delivered);
        using var limit = new CancellationTokenSource(parts.Options.HandlerTimeout, parts.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var caller = CallerTenant.ActingFor(tenant.Value);
        var context = new ReactorContext(reactor.Name, grains, parts.Time, both.Token);
        await reactor.Handle(delivered, context).WaitAsync(parts.Options.HandlerTimeout, parts.Time, cancel);
    }

    private TimeSpan Later(RecordedEvent e, Exception failure)
    {
        if (_attempts == 1) parts.Log.Failed(reactor.Name, e.Type, tenant, e.Sequence.Value, failure);
        return BackOff(_attempts - 1);
    }

    private async Task GiveUp(RecordedEvent e, Exception failure, int attempts, CancellationToken cancel)
    {
        var error = $"{failure.GetType().Name}: {failure.Message}";
        if (error.Length > DeadLetter.MaxError) error = error[..DeadLetter.MaxError];
        var key = new DeadLetterKey(reactor.Name, tenant, e.Sequence);
        await parts.Cursors.AddDeadLetter(
            new DeadLetter(key, e.Id, e.Type, attempts, error, Micros.Of(parts.Time.GetUtcNow())), _cursor.Past(e), cancel);
        parts.Metrics.GaveUp(reactor.Name);
        parts.Log.GaveUp(reactor.Name, e.Type, tenant, e.Sequence.Value, attempts, error);
    }

    /// <summary>Tries the next letters again; whether there are more. One that must stay is passed over.</summary>
    private async Task<bool> RetryLetters(CancellationToken cancel)
    {
        var letters = await parts.Cursors.Retries(reactor.Name, tenant, cancel);
        var rest = letters.Where(letter => letter.Key.Sequence.Value > _lastLetter).ToList();
        foreach (var letter in rest.Take(LettersAtOnce))
        {
            await Retry(letter, cancel);
            _lastLetter = letter.Key.Sequence.Value;
        }

        if (rest.Count > LettersAtOnce) return true;
        _lastLetter = 0;
        return false;
    }

    private async Task Retry(DeadLetter letter, CancellationToken cancel)
    {
        if (await Find(letter, cancel) is not { } e)
        {
            await parts.Cursors.AddDeadLetter(
                letter with { Error = NoEvent, TimeMicros = Micros.Of(parts.Time.GetUtcNow()) }, null, cancel);
            return;
        }

        if (!_cursor.Set.Has(e.Type, e.SchemaVersion)) return;
        if (await Handle(e, cancel) is { } failure)
        {
            await GiveUp(e, failure, letter.Attempts + 1, cancel);
            return;
        }

        await parts.Cursors.RemoveDeadLetter(letter.Key, cancel);
    }

    // A store that was restored may have lost the event, and have another in its place: the letter stays, for an operator to decide.
    private async Task<RecordedEvent?> Find(DeadLetter letter, CancellationToken cancel) =>
        await parts.Reader.ReadCompany(tenant, new CompanySequence(letter.Key.Sequence.Value - 1), 1, cancel) is [var e]
            && e.Id == letter.EventId ? e : null;

    private TimeSpan StoreFailed(Exception e)
    {
        if (_storeFailures == 0) parts.Log.NoStore(reactor.Name, tenant, e);
        return BackOff(_storeFailures++);
    }

    private void Recovered()
    {
        if (_storeFailures > 0) parts.Log.Recovered(reactor.Name, tenant, _storeFailures);
        _storeFailures = 0;
    }

    private TimeSpan BackOff(int failures)
    {
        var full = Math.Min(parts.Options.LongestBackOff.Ticks, parts.Options.FirstBackOff.Ticks << Math.Clamp(failures, 0, 20));
        return TimeSpan.FromTicks((full / 2) + Random.Shared.NextInt64((full / 2) + 1));
    }

    private static DeliveredEvent ToDelivered(RecordedEvent e) => new(
        e.Tenant.Value, e.Sequence.Value, e.Stream.Type, e.Stream.Id, e.Version.Value, e.Id, e.Type, e.SchemaVersion, e.TimeMicros, e.Data,
        e.Metadata);
}
