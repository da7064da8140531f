namespace Tms.Testing.Network;

/// <summary>Acts once, on the first connection on which the server says the given bytes.</summary>
internal sealed class ProxyWatch(byte[] bytes, Action<ProxyLink> act)
{
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _done;

    public Task Seen => _seen.Task;

    /// <summary>
    /// Looks at what the server said last, after the <paramref name="tail"/> of what it said before; returns the new tail.
    /// </summary>
    public byte[] Look(ProxyLink link, byte[] tail, ReadOnlySpan<byte> said)
    {
        byte[] all = [.. tail, .. said];
        if (all.AsSpan().IndexOf(bytes) >= 0 && Interlocked.Exchange(ref _done, 1) == 0)
        {
            act(link);
            _seen.TrySetResult();
        }

        return all[^Math.Min(all.Length, bytes.Length - 1)..];
    }
}
