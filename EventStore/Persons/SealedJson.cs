using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace Tms.EventStore.Persons;

/// <summary>
/// How a stored event holds what it says of persons: in each record together in one last member, a box; everything else stays readable.
/// </summary>
/// <remarks>
/// <c>"personal":{"sealed":"base64"}</c> is sealed with the key of the person whose id the event's stream has;
/// <c>"personal":{"sealed":"base64","of":"id"}</c> with that of another.
/// </remarks>
public static class SealedJson
{
    private const string Member = "personal", Sealed = "sealed", Of = "of";

    private static ReadOnlySpan<byte> Start => "\"personal\":{\"sealed\":\""u8;

    private static ReadOnlySpan<byte> Owner => "\",\"of\":\""u8;

    /// <summary>
    /// Whether stored JSON holds something sealed. Within a text its quotes would be escaped, so that no value can look like it.
    /// </summary>
    public static bool Holds(ReadOnlySpan<byte> json) => json.IndexOf(Start) >= 0;

    /// <summary>Writes a box into the record that is being written.</summary>
    /// <param name="writer">Stands behind the last readable member.</param>
    /// <param name="box">What is sealed.</param>
    /// <param name="person">The person; null: the one whose id the event's stream has.</param>
    public static void WriteBox(Utf8JsonWriter writer, ReadOnlySpan<byte> box, Guid? person)
    {
        writer.WriteStartObject(Member);
        writer.WriteBase64String(Sealed, box);
        if (person is { } other) writer.WriteString(Of, other);
        writer.WriteEndObject();
    }

    /// <summary>Adds the persons with whose keys stored JSON is sealed.</summary>
    /// <param name="json">As it is stored: without spaces.</param>
    /// <param name="stream">Id of the event's stream.</param>
    /// <param name="persons">Gets each of them.</param>
    public static void AddPersons(ReadOnlySpan<byte> json, Guid stream, ISet<Guid> persons)
    {
        for (var at = json.IndexOf(Start); at >= 0; at = json.IndexOf(Start))
        {
            json = json[(at + Start.Length)..];
            var rest = json[Math.Max(0, json.IndexOf((byte)'"'))..];
            persons.Add(rest.StartsWith(Owner) && Utf8Parser.TryParse(rest[Owner.Length..], out Guid person, out _) ? person : stream);
        }
    }

    /// <summary>
    /// The event's JSON with its members in plain where a key opens them; other boxes stay, and JSON without any is the same.
    /// </summary>
    /// <param name="json">As it is stored.</param>
    /// <param name="stream">Id of the event's stream.</param>
    /// <param name="keys">Keys by person.</param>
    /// <param name="eventId">The event that it was sealed for.</param>
    /// <exception cref="InvalidDataException">What is sealed was altered, or sealed for another event or with another key.</exception>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> json, Guid stream, IReadOnlyDictionary<Guid, PersonKey> keys, Guid eventId)
    {
        if (keys.Count == 0 || !Holds(json.Span)) return json;
        using var document = JsonDocument.Parse(json);
        var bytes = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(bytes)) WriteOpen(writer, document.RootElement, new(stream, keys, eventId));
        return bytes.WrittenMemory;
    }

    private static void WriteOpen(Utf8JsonWriter writer, JsonElement json, Opening opening)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in json.EnumerateObject()) WriteOpen(writer, member, opening);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray()) WriteOpen(writer, item, opening);
                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private static void WriteOpen(Utf8JsonWriter writer, JsonProperty member, Opening opening)
    {
        if (BoxIn(member) is not { } sealedText)
        {
            writer.WritePropertyName(member.Name);
            WriteOpen(writer, member.Value, opening);
        }
        else if (opening.Keys.TryGetValue(member.Value.TryGetProperty(Of, out var other) ? other.GetGuid() : opening.Stream, out var key))
        {
            using var personal = JsonDocument.Parse(key.Open(opening.EventId, sealedText.GetBytesFromBase64()));
            foreach (var opened in personal.RootElement.EnumerateObject()) opened.WriteTo(writer);
        }
        else
        {
            // As it stands: written anew, a + of base64 would be escaped.
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(member.Value.GetRawText(), skipInputValidation: true);
        }
    }

    private static JsonElement? BoxIn(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Object && member.NameEquals(Member) && member.Value.TryGetProperty(Sealed, out var box)
            ? box
            : null;

    private readonly record struct Opening(Guid Stream, IReadOnlyDictionary<Guid, PersonKey> Keys, Guid EventId);
}
