using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
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
    private readonly ProgressMessages _progress = new();
    private readonly AsyncSignal _signal = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<DeliveredEvent[]> _inbox =
        Channel.CreateBounded<DeliveredEvent[]>(new BoundedChannelOptions(InboxDeliveries) { SingleReader = true });

    private readonly Task _loop;
    private TaskCompletionSource? _synced;
    private Guid? _history;
    private long _checkedAt;
    private long _usedAt;
    private bool _failing;
    private volatile bool _checkDue = true;

    /// <summary>Starts the loop; <see cref="Sync"/> says when the bridge is open.</summary>
    public CompanyBridge(Guid tenant, LiveServices live, FeedRegistration registration)
    {
        (_tenant, _live, _registration) = (new(tenant), live, registration);
        _usedAt = live.Time.GetTimestamp();
        _ring = new(live.Options.RingEvents, live.Options.RingBytes);
        _pages = new(_tenant, live.Reader, live.Events, live.LogReads);
        _loop = Task.Run(Run);
        registration.Registered = Check;
        registration.Tick();
    }

    /// <summary>The connections that follow this company.</summary>
    public ConnectionList Connections { get; } = new();

    /// <summary>The last sequence known here.</summary>
    public long Head => _ring.Head;

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

    /// <summary>Renews the registration and compares with the log when it is time. Called by the node's one timer.</summary>
    /// <returns>False when nobody has needed the bridge for as long as it may linger.</returns>
    public bool Tick()
    {
        _registration.Tick();
        if (_live.Time.GetElapsedTime(Volatile.Read(ref _checkedAt)) >= _live.Options.HeadCheck)
        {
            Check();
        }

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

    /// <summary>The <c>progress</c> message for a connection.</summary>
    public SerializedHubMessage ProgressAt(long position, LiveCaller caller) => _progress.At(position, History, caller.Role);

    /// <summary>Ends the loop and the registration.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _signal.Set();
        await _loop;
        await _registration.End();
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
            var complete = _history is not null && Drain();
            if (!complete || _checkDue || waiting is not null)
            {
                await CatchUp(_stop.Token);
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
        // The time of this check counts: the next one comes with a tick, not at once.
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

    private void Take(DeliveredEvent e)
    {
        if (e.Sequence != Head + 1 || e.Tenant != _tenant.Value)
        {
            return;
        }

        using var span = LiveTraces.Arrive(e);
        var made = _live.Events.Make(e);
        if (span is not null) made.Trace = new(span.Context);
        _ring.Append(made);
        _live.Metrics.Lag(_live.Time.GetUtcNow() - Micros.ToTime(e.TimeMicros));
    }

    private async Task CatchUp(CancellationToken cancel)
    {
        _checkDue = false;
        Volatile.Write(ref _checkedAt, _live.Time.GetTimestamp());
        var head = (await _live.Reader.Head(_tenant, cancel)).Sequence.Value;
        if (_history is null)
        {
            await Open(head, cancel);
        }
        else if (head < Head)
        {
            await StartAnew(head, cancel);
        }

        await Fill(head, cancel);
    }

    private async Task Open(long head, CancellationToken cancel)
    {
        _history = await _live.Reader.Epoch(cancel);
        _ring.StartAfter(head);
        _live.Log.BridgeOpened(_tenant.Value, head);
    }

    /// <summary>The log ends before what was sent: it was restored under a running node. Everybody is told to start anew.</summary>
    private async Task StartAnew(long head, CancellationToken cancel)
    {
        _live.Log.HistoryChanged(_tenant.Value);
        Connections.Close(CloseReason.HistoryChanged);
        _history = await _live.Reader.Epoch(cancel);
        _ring.StartAfter(head);
        _pages.Clear();
    }

    private async Task Fill(long head, CancellationToken cancel)
    {
        // More than the ring holds: connections read what they miss by pages.
        if (head - Head > _ring.Capacity)
        {
            _ring.StartAfter(head - _ring.Capacity);
        }

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
            }
        }
    }
}
