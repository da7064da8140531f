using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tms.Domain.Shared;

/// <summary>Who and what caused an event; stored beside its data and hashed with it.</summary>
/// <param name="Actor">The user's id, or the name of the reactor or job that acted.</param>
/// <param name="CorrelationId">The caller's X-Correlation-ID, or one made for the request.</param>
/// <param name="CommandId">The command that the events came of: the same through all repeats of one attempt.</param>
/// <param name="CausationId">The event that a reactor acted on; null for a person's command.</param>
/// <param name="TraceParent">W3C trace context of the request; null when it was not traced.</param>
/// <param name="ActorCompany">The actor's own company where it is not the one acted on (an ADMIN); else null.</param>
public sealed record EventMetadata(
    string Actor,
    string CorrelationId,
    Guid CommandId,
    Guid? CausationId = null,
    string? TraceParent = null,
    Guid? ActorCompany = null)
{
    /// <summary>The bytes that are stored.</summary>
    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, EventMetadataJson.Default.EventMetadata);

    /// <summary>Reads stored bytes.</summary>
    public static EventMetadata Decode(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, EventMetadataJson.Default.EventMetadata)!;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventMetadata))]
internal sealed partial class EventMetadataJson : JsonSerializerContext;
