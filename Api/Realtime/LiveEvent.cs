using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Tms.Domain.Access;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>An event ready to be sent: made once per node, serialized once per hub protocol, shared by all connections.</summary>
internal sealed class LiveEvent
{
    private LiveEvent(long sequence, IReadOnlyList<Ground> grounds) => (Sequence, Grounds) = (sequence, grounds);

    /// <summary>The company's own count.</summary>
    public long Sequence { get; }

    /// <summary>The first bytes of the log's hash after it.</summary>
    public ulong Mark { get; set; }

    /// <summary>Bytes that it takes in memory, about.</summary>
    public int Bytes { get; private init; } = 64;

    /// <summary>The message under its own name; null when nobody may see it.</summary>
    public SerializedHubMessage? Message { get; private init; }

    /// <summary>
    /// The event as it is stored, where it tells of a person: it has no message but is opened for each delivery, so that nothing of an
    /// erased person is served from here.
    /// </summary>
    public DeliveredEvent? Stored { get; private init; }

    /// <summary>The message under the name of the old system, if it had one.</summary>
    public SerializedHubMessage? Legacy { get; private init; }

    /// <summary>The trace of the request that caused it; null when it is not traced here.</summary>
    public LiveTrace? Trace { get; set; }

    /// <summary>The grounds on which it may be seen; none: nobody sees it.</summary>
    public IReadOnlyList<Ground> Grounds { get; }

    /// <summary>An event that nobody may see: only its place counts.</summary>
    public static LiveEvent Hidden(long sequence) => new(sequence, []);

    /// <summary>An event that tells of a person, for those with a ground; <see cref="LiveEventFactory.Open"/> gives its message.</summary>
    public static LiveEvent Sealed(DeliveredEvent stored, IReadOnlyList<Ground> grounds) => new(stored.Sequence, grounds)
    {
        Stored = stored,
        Bytes = 256 + stored.Data.Length + stored.Metadata.Length,
    };

    /// <summary>An event that those with one of the grounds may see.</summary>
    public static LiveEvent Visible(long sequence, IReadOnlyList<Ground> grounds, byte[] envelope, string? legacyName)
    {
        var json = new RawJson(envelope);
        return new(sequence, grounds)
        {
            Message = Serialized(LiveMessage.Event, json),
            Legacy = legacyName is null ? null : Serialized(legacyName, json),
            Bytes = 256 + (envelope.Length * (legacyName is null ? 2 : 3)),
        };
    }

    /// <summary>A hub message that many connections share.</summary>
    public static SerializedHubMessage Serialized(string target, object payload) => new(new InvocationMessage(target, [payload]));
}

/// <summary>Finished JSON, written as it is.</summary>
/// <param name="Utf8">One JSON value.</param>
[JsonConverter(typeof(RawJsonConverter))]
internal sealed record RawJson(byte[] Utf8);

internal sealed class RawJsonConverter : JsonConverter<RawJson>
{
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Finished JSON is only ever written.");

    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8, skipInputValidation: true);
}
