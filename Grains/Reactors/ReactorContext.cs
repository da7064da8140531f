using System.Security.Cryptography;
using System.Text;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Reactors;

/// <summary>What a reactor works with. Calls made through <see cref="Grains"/> are made for the event's tenant.</summary>
/// <param name="Reactor">The reactor's name: the actor of its commands.</param>
/// <param name="Grains">Where the aggregates are.</param>
/// <param name="Time">The clock.</param>
/// <param name="Cancel">Fires when the handler has taken too long, or the silo stops.</param>
public sealed record ReactorContext(string Reactor, IGrainFactory Grains, TimeProvider Time, CancellationToken Cancel)
{
    private const int GuidLength = 16;

    /// <summary>The context of a command that follows from an event: the same whenever the same event is handled again.</summary>
    /// <param name="e">The event that is acted on.</param>
    /// <param name="step">Tells several commands of one event apart.</param>
    public CommandContext For(DeliveredEvent e, int step)
    {
        var key = Hash(e, step);
        var cause = EventMetadata.Decode(e.Metadata.Span);
        return new CommandContext(Derived(key, e.TimeMicros), Reactor, cause.CorrelationId)
        {
            CausationId = e.Id,
            TraceParent = cause.TraceParent,
            KeyHash = key,
            KeyFingerprint = key,
            MayHaveHappened = true,
        };
    }

    /// <summary>Makes calls for another tenant (the platform) until the end of the scope.</summary>
    public static CallerTenant.Scope ActingFor(Guid tenant) => CallerTenant.ActingFor(tenant);

    // The name comes last: the two parts before it have a fixed length, so that no two inputs give the same bytes.
    private byte[] Hash(DeliveredEvent e, int step)
    {
        var name = Encoding.UTF8.GetByteCount(Reactor);
        var input = new byte[GuidLength + sizeof(int) + name];
        e.Id.TryWriteBytes(input, bigEndian: true, out _);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(input.AsSpan(GuidLength), step);
        Encoding.UTF8.GetBytes(Reactor, input.AsSpan(GuidLength + sizeof(int)));
        return SHA256.HashData(input);
    }

    // A UUID v7 (RFC 9562) of the event's millisecond and the hash: new enough to sort well, and always the same.
    private static Guid Derived(byte[] hash, long micros)
    {
        Span<byte> id = stackalloc byte[GuidLength];
        hash.AsSpan(0, GuidLength).CopyTo(id);
        Span<byte> time = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(time, micros / 1000);
        time[2..].CopyTo(id);
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
