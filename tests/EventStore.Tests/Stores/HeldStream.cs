namespace Tms.EventStore.Tests.Stores;

/// <summary>What comes of a client that pauses in the middle until it is told to go on.</summary>
internal sealed class HeldStream(byte[] before, byte[] after) : MemoryStream([.. before, .. after])
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when all that comes before the pause was taken, and more is asked for.</summary>
    public Task Reached => _reached.Task;

    public void GoOn() => _goesOn.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = before.Length - (int)Position;
        if (left > 0) return await base.ReadAsync(buffer[..Math.Min(left, buffer.Length)], cancellationToken);
        _reached.TrySetResult();
        await _goesOn.Task.WaitAsync(cancellationToken);
        return await base.ReadAsync(buffer, cancellationToken);
    }
}
