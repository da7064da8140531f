namespace Tms.EventStore.Tests.Stores;

/// <summary>What comes of a client that goes away in the middle.</summary>
internal sealed class BrokenStream(byte[] before) : MemoryStream(before)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The client is gone.");
}
