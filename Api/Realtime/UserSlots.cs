namespace Tms.Api.Realtime;

/// <summary>
/// One user's connections on this node. What the cluster is told of them is said in turn, so that the last word is the latest.
/// </summary>
internal sealed class UserSlots
{
    private Task _last = Task.CompletedTask;

    /// <summary>How many there are; for the holder of the turn.</summary>
    public int Connections { get; set; }

    /// <summary>Whether this was given up, and the user's next connection gets slots of its own; for the holder of the turn.</summary>
    public bool IsGone { get; set; }

    /// <summary>Waits for the turn; dispose what is returned to give it up.</summary>
    public async ValueTask<Holder> Turn()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Interlocked.Exchange(ref _last, mine.Task);
        return new(mine);
    }

    /// <summary>Ends a turn.</summary>
    internal readonly struct Holder(TaskCompletionSource turn) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => turn.SetResult();
    }
}
