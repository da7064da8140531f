using System.Buffers.Binary;

namespace Tms.EventStore;

/// <summary>A place in a tenant's log, with a few bytes of the chain's hash there: it stands in one history alone.</summary>
/// <remarks>Whoever remembers a sequence keeps this instead: a restore or a failover puts other events under the same sequences.</remarks>
/// <param name="Sequence">The last event that counts; 0: before the first.</param>
/// <param name="Mark">The first eight bytes of the chain's hash after that event.</param>
public sealed record LogPoint(CompanySequence Sequence, ulong Mark)
{
    /// <summary>Before a tenant's first event.</summary>
    public static LogPoint Start(TenantId tenant) => new(CompanySequence.Start, MarkOf(HashChain.Genesis(tenant)));

    /// <summary>Right after an event.</summary>
    public static LogPoint After(RecordedEvent e) => new(e.Sequence, MarkOf(e.Hash));

    /// <summary>The mark as it begins the hash.</summary>
    public byte[] MarkBytes
    {
        get
        {
            var bytes = new byte[sizeof(ulong)];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, Mark);
            return bytes;
        }
    }

    /// <summary>The bytes of a hash that a point keeps.</summary>
    public static ulong MarkOf(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64BigEndian(hash);
}

/// <summary>Asks a log about remembered places.</summary>
public static class LogPoints
{
    /// <summary>Whether a tenant's log has a point: false where it ends earlier, or other events lead there.</summary>
    /// <exception cref="StoreUnavailableException">The log cannot be read.</exception>
    public static async Task<bool> Has(this IEventReader reader, TenantId tenant, LogPoint point, CancellationToken cancel = default)
    {
        if (point.Sequence == CompanySequence.Start) return point == LogPoint.Start(tenant);
        return await reader.ReadCompany(tenant, new(point.Sequence.Value - 1), 1, cancel) is [var e] && LogPoint.After(e) == point;
    }
}
