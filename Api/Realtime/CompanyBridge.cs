using System.Threading.Channels;
using Tms.Api.Events;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>One company's events on this node: what the feed delivers, checked against the sequence, the rest from the log.</summary>
/// <remarks>
/// One loop writes the ring; the pumps of the connections read it. Deliveries may be lost, repeated and out of order:
/// only the sequence counts. <see cref="Head"/> never runs ahead of what can be read.
/// </remarks>
internal sealed class CompanyBridge : IAsyncDisposable
{
    private const int InboxDeliveries = 256;
    private const int ReadAtOnce = 256;

    private readonly LiveServices _live;
    private readonly FeedRegistration _registration;
    private readonly TenantId _tenant;
    private readonly EventRing _ring;
    private readonly LogPages _pages;
    private readonly AsyncSignal _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<DeliveredEvent[]> _inbox =
        Channel.CreateBounded<DeliveredEvent[]>(new BoundedChannelOptions(InboxDeliveries) { SingleReader = true });

    private readonly Task _loop;
    private TaskCompletionSource? _synced;
    private Guid? _history;
    private byte[] _hash = [];
    private volatile LogPoint? _start;
    private long _usedAt;
    private long _movedAt;
    private bool _failing;
    private Task<TenantHead>? _compared;
    private volatile bool _checkDue = true;
    private volatile bool _givesWay;

    /// <summary>Starts the loop; <see cref="Sync"/> says when the bridge is open.</summary>
    public CompanyBridge(Guid tenant, LiveServices live, FeedRegistration registration)
    {
        (_tenant, _live, _registration) = (new(tenant), live, registration);
        _usedAt = live.Time.GetTimestamp();
        _ring = new(live.Options.RingEvents, live.Options.RingBytes, live.Memory);
        _pages = new(_tenant, live);
        _loop = Task.Run(Run);
        registration.Registered = Check;
        registration.Tick();
    }

    /// <summary>The connections that follow this company.</summary>
    public ConnectionList Connections { get; } = new();

    /// <summary>The last sequence known here.</summary>
    public long Head => _ring.Head;

    /// <summary>Whose events.</summary>
    public TenantId Tenant => _tenant;

    /// <summary>Bytes that are kept for this company.</summary>
    public long Bytes => _ring.Bytes + _pages.Bytes;

    /// <summary>When the company's latest event came, as the clock's timestamp.</summary>
    public long MovedAt => Volatile.Read(ref _movedAt);

    /// <summary>Which history the sequence counts; known after the first <see cref="Sync"/>.</summary>
    public Guid History => _history ?? throw new InvalidOperationException("The bridge is not open yet.");

    /// <summary>Takes a delivery of the feed; never waits. What does not fit is found in the log.</summary>
    public void Offer(DeliveredEvent[] events)
    {
        if (_inbox.Writer.TryWrite(events))
        {
            _signal.Set();
        }
        else
        {
            Check();
        }
    }

    /// <summary>Takes where the log ended a moment ago, or why nobody could tell: the node asks for all companies at once.</summary>
    public void Compare(Task<TenantHead> head)
    {
        Volatile.Write(ref _compared, head);
        _signal.Set();
    }

    /// <summary>Forgets what is kept for connections that are behind: others need the memory, and the log has it all.</summary>
    public void GiveWay()
    {
        _givesWay = true;
        _signal.Set();
    }

    /// <summary>Renews the registration. Called by the node's one timer.</summary>
    /// <returns>False when nobody has needed the bridge for as long as it may linger.</returns>
    public bool Tick()
    {
        _registration.Tick();
        if (Connections.Count > 0)
        {
            _usedAt = _live.Time.GetTimestamp();
        }

        return _live.Time.GetElapsedTime(_usedAt) <= _live.Options.BridgeLinger;
    }

    /// <summary>Ends when <see cref="Head"/> is at least where the log ended at the call. Calls at the same time share one read.</summary>
    /// <exception cref="Exception">The log cannot be read.</exception>
    public Task Sync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gathered = Interlocked.CompareExchange(ref _synced, mine, null) ?? mine;
        _signal.Set();
        return gathered.Task;
    }

    /// <summary>An event up to the head that is still in memory; else null.</summary>
    public LiveEvent? Find(long sequence) => _ring.Find(sequence);

    /// <summary>A page of the log that holds an event up to the head.</summary>
    public ValueTask<LogPage> ReadPage(long sequence) => _pages.Get(sequence);

    /// <summary>The first bytes of the log's hash after an event up to the head.</summary>
    public async ValueTask<ulong> MarkAt(long sequence, CancellationToken cancel)
    {
        if (_start is { } start && start.Sequence.Value == sequence) return start.Mark;
        if (sequence == 0) return LogPoint.Start(_tenant).Mark;
        if (_ring.Find(sequence) is { } latest) return latest.Mark;
        return (await _pages.Get(sequence).AsTask().WaitAsync(cancel)).Find(sequence)!.Mark;
    }

    /// <summary>Ends the loop and the registration.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _signal.Set();
        await _loop;
        await _registration.End();
        _ring.StartAfter(_ring.Head);
        _pages.Clear();
        _live.Log.BridgeClosed(_tenant.Value);
        _stop.Dispose();
    }

    private void Check()
    {
        _checkDue = true;
        _signal.Set();
    }

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            await _signal.Wait();
            var before = Head;
            await Step();
            if (Head != before)
            {
                Connections.Wake();
            }
        }
    }

    private async Task Step()
    {
        var waiting = Interlocked.Exchange(ref _synced, null);
        try
        {
            MakeRoom();
            var complete = _history is not null && Drain();
            var compared = Interlocked.Exchange(ref _compared, null);
            if (!complete || _checkDue || waiting is not null)
            {
                await CatchUp(_stop.Token);
                Recovered();
            }
            else if (compared is not null)
            {
                await CompareWith(await compared, _stop.Token);
                Recovered();
            }

            waiting?.TrySetResult();
        }
        catch (Exception failure)
        {
            Failed(failure);
            waiting?.TrySetException(failure);
        }
    }

    private void Failed(Exception failure)
    {
        // The next comparison comes with a tick, not at once.
        if (!_failing && !_stop.IsCancellationRequested)
        {
            _live.Log.BridgeFailed(failure, _tenant.Value);
        }

        _failing = true;
    }

    private void Recovered()
    {
        if (_failing)
        {
            _live.Log.BridgeRecovered(_tenant.Value);
        }

        _failing = false;
    }

    /// <summary>Takes what was delivered; false as soon as something is missing before it.</summary>
    private bool Drain()
    {
        while (_inbox.Reader.TryRead(out var events))
        {
            foreach (var e in events)
            {
                if (e.Sequence > Head + 1)
                {
                    return false;
                }

                Take(e);
            }
        }

        return true;
    }

    private void MakeRoom()
    {
        if (!_givesWay) return;
        _givesWay = false;
        _pages.Clear();
        StartAfter(new(Head), _hash);
    }

    private void Take(DeliveredEvent e)
    {
        if (e.Sequence != Head + 1 || e.Tenant != _tenant.Value)
        {
            return;
        }

        // Counted here, not taken from the delivery: an event of another history shows at the next comparison with the log.
        _hash = HashChain.Next(_hash, e.ToRecorded());
        using var span = LiveTraces.Arrive(e);
        var made = _live.Events.Make(e, _hash);
        if (span is not null) made.Trace = new(span.Context);
        _ring.Append(made);
        Volatile.Write(ref _movedAt, _live.Time.GetTimestamp());
        _live.Metrics.Lag(_live.Time.GetUtcNow() - Micros.ToTime(e.TimeMicros));
    }

    private async Task CatchUp(CancellationToken cancel)
    {
        _checkDue = false;
        var head = await _live.Reader.Head(_tenant, cancel);
        if (_history is null) await Open(head, cancel);
        else await Follow(head, cancel);
    }

    // Events may have come since it was read: a head behind the own one tells nothing, and the log is asked anew.
    private Task CompareWith(TenantHead head, CancellationToken cancel) =>
        head.Sequence.Value < Head ? CatchUp(cancel) : Follow(head, cancel);

    private async Task Follow(TenantHead head, CancellationToken cancel)
    {
        if (IsOther(head) || !await Fill(head.Sequence.Value, cancel)) await StartAnew(head, cancel);
    }

    // A longer log is compared where it is read on.
    private bool IsOther(TenantHead head) =>
        head.Sequence.Value < Head || (head.Sequence.Value == Head && !head.Hash.AsSpan().SequenceEqual(_hash));

    private async Task Open(TenantHead head, CancellationToken cancel)
    {
        _history = await _live.Reader.Epoch(cancel);
        StartAfter(head.Sequence, head.Hash);
        _live.Log.BridgeOpened(_tenant.Value, Head);
    }

    /// <summary>
    /// The log is not the one that was sent from: it was exchanged under a running node. Everybody is told to start anew.
    /// </summary>
    private async Task StartAnew(TenantHead head, CancellationToken cancel)
    {
        _live.Log.HistoryChanged(_tenant.Value);
        _live.Metrics.HistoryChanged();
        Connections.Close(CloseReason.HistoryChanged);
        _history = await _live.Reader.Epoch(cancel);
        _pages.Clear();
        StartAfter(head.Sequence, head.Hash);
    }

    private void StartAfter(CompanySequence sequence, byte[] hash)
    {
        _hash = hash;
        _start = new(sequence, LogPoint.MarkOf(hash));
        _ring.StartAfter(sequence.Value);
    }

    /// <summary>Reads up to a head; false where the log does not go on from what was read before.</summary>
    private async Task<bool> Fill(long head, CancellationToken cancel)
    {
        if (head - Head > _ring.Capacity && !await Skip(new(head - _ring.Capacity), cancel)) return false;
        while (Head < head)
        {
            var events = await _live.Reader.ReadCompany(_tenant, new(Head), ReadAtOnce, cancel);
            if (events.Count == 0)
            {
                throw new InvalidDataException($"The log of {_tenant} ends before its head {head}.");
            }

            _live.Metrics.GapFilled(events.Count);
            foreach (var e in events)
            {
                Take(e.ToDelivered());
                if (!e.Hash.AsSpan().SequenceEqual(_hash)) return false;
            }
        }

        return true;
    }

    // More than the ring holds: connections read what they miss by pages.
    private async Task<bool> Skip(CompanySequence to, CancellationToken cancel)
    {
        if (!await _live.Reader.Has(_tenant, new(new(Head), LogPoint.MarkOf(_hash)), cancel)) return false;
        StartAfter(to, (await _live.Reader.ReadCompany(_tenant, new(to.Value - 1), 1, cancel))[0].Hash);
        return true;
    }
}
