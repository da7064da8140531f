namespace Tms.Api.Realtime;

/// <summary>One client's connection: a cursor over its company's events, and the loop that alone moves it.</summary>
/// <remarks>
/// Connect, resume, gap and change of role only move the cursor. Who may see an event is judged when it is written, with the
/// role of that moment, and whether its caller's session still stands is asked before every step and ten times a second.
/// A slow client makes its own cursor lag and holds nothing in memory but one event, or one page of the log (64 KiB, or one larger event).
/// </remarks>
internal sealed class LiveConnection
{
    private readonly LiveOutbox _outbox;
    private readonly LiveStart _start;
    private readonly LiveServices _live;
    private readonly LiveCursor _cursor;
    private readonly LivePump _pump;
    private readonly AsyncSignal _signal = new();
    private readonly Func<bool> _interrupted;
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LiveRequest? _request;
    private CloseReason? _closing;
    private volatile bool _ended;

    /// <summary>A connection that nobody serves yet.</summary>
    public LiveConnection(LiveOutbox outbox, LiveStart start, LiveServices live)
    {
        (_outbox, _start, _live) = (outbox, start, live);
        _cursor = new(live, outbox.Aborted);
        _pump = new(outbox, start, _cursor, live);
        _interrupted = () => _request is not null || _closing is not null || !outbox.IsOpen;
        Budget = new(live.Options.MessagesPerSecond, live.Time);
    }

    /// <summary>Who is connected, by the latest token. Any thread.</summary>
    public LiveCaller Caller => _pump.Caller;

    /// <summary>Whose connection it is, from beginning to end.</summary>
    public UserKey User => _start.Caller.Key;

    /// <summary>Whose events it follows; null: none.</summary>
    public Guid? Company => _start.Company;

    /// <summary>How fast the client may send.</summary>
    public MessageBudget Budget { get; }

    /// <summary>Ends when the loop has ended.</summary>
    public Task Served { get; private set; } = Task.CompletedTask;

    /// <summary>Ends when the client has gone.</summary>
    public Task Gone => _gone.Task;

    private CloseReason? MustEnd => _closing
        ?? (_live.Time.GetUtcNow() >= Caller.ExpiresAt ? CloseReason.TokenExpired : null)
        ?? (_live.Tokens.IsRevoked(Caller) ? CloseReason.Revoked : null)
        ?? (_cursor.IsFarBehind ? CloseReason.FarBehind : null);

    /// <summary>Starts the loop on a bridge that already wakes this connection.</summary>
    public void Start(CompanyBridge? bridge)
    {
        _cursor.Follow(bridge);
        _outbox.Aborted.UnsafeRegister(static connection => ((LiveConnection)connection!).Wake(), this);
        Served = Task.Run(Run);
    }

    /// <summary>The client has gone.</summary>
    public void Leave() => _gone.TrySetResult();

    /// <summary>Says that there may be something to do. Any thread.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Has the loop do something; one request at a time (hub calls of one connection never overlap).</summary>
    public Task Ask(LiveRequest request)
    {
        Interlocked.Exchange(ref _request, request);
        Wake();
        if (_ended)
        {
            request.Complete();
        }

        return request.Done;
    }

    /// <summary>Ends the connection after telling the client why; the first reason counts. Any thread.</summary>
    public void Close(CloseReason reason)
    {
        Interlocked.CompareExchange(ref _closing, reason, null);
        Wake();
    }

    /// <summary>
    /// Drops a client that does not read, and wakes the loop when time alone gives it work. Called by the node's one timer.
    /// </summary>
    public void Tick()
    {
        var reason = MustEnd;
        if (_outbox.Blocked >= (reason is null ? _live.Options.WriteTimeout : _live.Options.LastWords))
        {
            Dropped(reason ?? CloseReason.SlowClient);
            _outbox.Abort();
        }
        else if (reason is not null || _pump.Progress.IsDue || _pump.MayGoOn)
        {
            Wake();
        }
    }

    private async Task Run()
    {
        try
        {
            await _pump.Open();
            while (_outbox.IsOpen)
            {
                await Step();
                if (_outbox.IsOpen && !_pump.MayGoOn)
                {
                    // Waited for here and not in the step: a step that ends at once allocates nothing.
                    await _signal.Wait();
                }
            }
        }
        catch (Exception failure)
        {
            await Failed(failure);
        }
        finally
        {
            _ended = true;
            Interlocked.Exchange(ref _request, null)?.Complete();
        }
    }

    private async ValueTask Step()
    {
        if (MustEnd is { } reason)
        {
            await End(reason);
            return;
        }

        if (Interlocked.Exchange(ref _request, null) is { } request)
        {
            await Serve(request);
        }

        await _pump.Send(_interrupted);
    }

    private async ValueTask Serve(LiveRequest request)
    {
        try
        {
            if (await _pump.Serve(request) is { } reason)
            {
                Close(reason);
            }
        }
        finally
        {
            request.Complete();
        }
    }

    private async Task Failed(Exception failure)
    {
        if (_outbox.IsOpen)
        {
            _live.Log.ConnectionFailed(failure, _outbox.ConnectionId);
            await End(CloseReason.Unavailable);
        }
    }

    private async ValueTask End(CloseReason reason)
    {
        Dropped(reason);
        await _outbox.Close(reason);
    }

    private void Dropped(CloseReason reason)
    {
        if (_outbox.IsOpen)
        {
            _live.Metrics.Dropped(reason.Code);
            _live.Log.ClientDropped(_outbox.ConnectionId, reason.Code);
        }
    }
}
