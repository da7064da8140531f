using System.Buffers;
using System.Text.Json;
using Tms.Domain.Shared;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>An event as it leaves the system: CloudEvents 1.0 JSON around the public payload (contract, section 6).</summary>
/// <remarks>Who may see it is <see cref="Tms.Domain.Access.Sight"/>'s answer; the stored bytes of the event are never part of it.</remarks>
public static class EventEnvelope
{
    /// <summary>The envelope as UTF-8 JSON; a hash is written as <see cref="Write"/> does.</summary>
    /// <exception cref="JsonException">The stored bytes cannot be read by this program.</exception>
    public static byte[] Encode(DeliveredEvent e, EventType type, ReadOnlySpan<byte> hash = default)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, e, type, hash);
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes one envelope as a JSON object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="e">The event as it stands in the log; opened where it tells of a person.</param>
    /// <param name="type">Its type: makes the public payload, always in the shape of the type's current schema version.</param>
    /// <param name="hash">The chain's hash after the event, written as lower-case hex; empty: left out.</param>
    public static void Write(Utf8JsonWriter writer, DeliveredEvent e, EventType type, ReadOnlySpan<byte> hash = default)
    {
        writer.WriteStartObject();
        WriteCore(writer, e, type);
        WriteExtensions(writer, e, EventMetadata.Decode(e.Metadata.Span));
        writer.WriteNumber("schemaversion"u8, type.SchemaVersion);
        if (!hash.IsEmpty)
        {
            writer.WriteString("hash"u8, Convert.ToHexStringLower(hash));
        }

        writer.WriteEndObject();
    }

    private static void WriteCore(Utf8JsonWriter writer, DeliveredEvent e, EventType type)
    {
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("id"u8, e.Id);
        writer.WriteString("type"u8, e.Type);
        writer.WriteString("source"u8, $"/companies/{e.Tenant}");
        writer.WriteString("subject"u8, $"{e.StreamType}/{e.StreamId}");
        writer.WriteString("time"u8, DateTime.UnixEpoch.AddMicroseconds(e.TimeMicros));
        writer.WriteString("datacontenttype"u8, "application/json"u8);
        writer.WritePropertyName("data"u8);
        writer.WriteRawValue(type.PublicPayload(type.Decode(e.Data.Span, e.SchemaVersion)), skipInputValidation: true);
    }

    private static void WriteExtensions(Utf8JsonWriter writer, DeliveredEvent e, EventMetadata metadata)
    {
        writer.WriteString("companyid"u8, e.Tenant);
        writer.WriteNumber("position"u8, e.Sequence);
        writer.WriteNumber("version"u8, e.Version);
        writer.WriteString("actor"u8, metadata.Actor);
        writer.WriteString("correlationid"u8, metadata.CorrelationId);
        if (metadata.CausationId is { } cause)
        {
            writer.WriteString("causationid"u8, cause);
        }

        if (metadata.TraceParent is { } trace)
        {
            writer.WriteString("traceparent"u8, trace);
        }
    }
}
