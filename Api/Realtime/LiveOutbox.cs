using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Tms.Api.Realtime;

/// <summary>Writes of one connection, one after the other; knows since when the client has not taken what was written.</summary>
internal sealed class LiveOutbox(HubConnectionContext context, TimeProvider time, TimeSpan lastWords)
{
    private const long Never = long.MinValue;

    private long _blockedSince = Never;
    private volatile bool _closed;

    /// <summary>SignalR's id of the connection.</summary>
    public string ConnectionId => context.ConnectionId;

    /// <summary>Cancelled when the connection ends.</summary>
    public CancellationToken Aborted => context.ConnectionAborted;

    /// <summary>Whether the connection still stands.</summary>
    public bool IsOpen => !_closed && !context.ConnectionAborted.IsCancellationRequested;

    /// <summary>Since how long the write of now waits for the client; zero when none does. Any thread.</summary>
    public TimeSpan Blocked => Volatile.Read(ref _blockedSince) is var since && since == Never ? TimeSpan.Zero : time.GetElapsedTime(since);

    /// <summary>Writes a shared message; ends when the connection's buffer has room again.</summary>
    public ValueTask Send(SerializedHubMessage message)
    {
        var write = context.WriteAsync(message);
        return write.IsCompletedSuccessfully ? write : Wait(write);
    }

    /// <summary>Writes an event, also under the name of the old system.</summary>
    public ValueTask Send(LiveEvent e) => e.Legacy is null ? Send(e.Message!) : Both(e.Message!, e.Legacy);

    /// <summary>Writes a message of this connection alone.</summary>
    public ValueTask Send(string target, object payload) => Wait(context.WriteAsync(new InvocationMessage(target, [payload])));

    /// <summary>Tells the client why, then ends the connection.</summary>
    /// <remarks>
    /// The client hangs up by itself when it has read why: what is aborted before may lose its last words. Whoever does not hang up within
    /// a moment is cut off, and when its session was revoked, what has not reached it by then never does. A node that stops waits for
    /// nobody.
    /// </remarks>
    public async ValueTask Close(CloseReason reason)
    {
        var since = time.GetTimestamp();
        await Wait(Tell(reason));
        _closed = true;
        if (reason == CloseReason.Shutdown) return;
        if (lastWords - time.GetElapsedTime(since) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, time, Aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reason == CloseReason.Revoked) Abort();
        else context.Abort();
    }

    /// <summary>Ends the connection without a word, whatever still waits to be sent. Any thread.</summary>
    public void Abort()
    {
        // The token of an abort is cancelled a moment later.
        _closed = true;
        context.Abort();

        // SignalR would first wait for room to say goodbye, which a client that does not read never makes.
        context.Features.Get<IConnectionLifetimeFeature>()?.Abort();
    }

    private async ValueTask Both(SerializedHubMessage first, SerializedHubMessage second)
    {
        await Send(first);
        await Send(second);
    }

    private async ValueTask Tell(CloseReason reason)
    {
        await context.WriteAsync(new InvocationMessage(LiveMessage.Error, [new ErrorMessage(reason.Code, reason.Message)]));
        await context.WriteAsync(new CloseMessage(reason.Code, reason.MayReconnect));
    }

    private async ValueTask Wait(ValueTask write)
    {
        Volatile.Write(ref _blockedSince, time.GetTimestamp());
        try
        {
            await write;
        }
        finally
        {
            Volatile.Write(ref _blockedSince, Never);
        }
    }
}
