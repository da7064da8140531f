using System.Diagnostics;
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
        return new CommandContext(DerivedIds.Of(key, e.TimeMicros / 1000), Reactor, cause.CorrelationId)
        {
            CausationId = e.Id,
            TraceParent = Activity.Current is { } span
                && cause.TraceParent?.Contains(span.TraceId.ToHexString(), StringComparison.Ordinal) == true ? span.Id : cause.TraceParent,
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
}
