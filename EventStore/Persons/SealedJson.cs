using System.Buffers;
using System.Text.Json;

namespace Tms.EventStore.Persons;

/// <summary>How a stored event holds what it says of its person: together in one member, <c>"personal":{"sealed":"base64"}</c>; everything else stays readable.</summary>
public static class SealedJson
{
    /// <summary>The member that takes the place of the personal ones; no event may have one of its own with this name.</summary>
    public const string Member = "personal";

    private const string Sealed = "sealed";

    /// <summary>Whether stored JSON holds something sealed. Within a text its quotes would be escaped, so that no value can look like it.</summary>
    public static bool Holds(ReadOnlySpan<byte> json) => json.IndexOf("\"personal\":{\"sealed\":\""u8) >= 0;

    /// <summary>Seals members of an event's JSON; JSON that has none of them stays as it is.</summary>
    /// <param name="json">The event: one JSON object.</param>
    /// <param name="members">Names of the members that tell of the person.</param>
    /// <param name="key">The person's.</param>
    /// <param name="eventId">The event that it can be opened in.</param>
    public static byte[] Seal(ReadOnlyMemory<byte> json, IReadOnlySet<string> members, PersonKey key, Guid eventId)
    {
        using var document = JsonDocument.Parse(json);
        var all = document.RootElement.EnumerateObject().ToLookup(m => members.Contains(m.Name));
        if (!all[true].Any()) return json.ToArray();
        var personal = Write(writer => WriteAll(writer, all[true]));
        return Write(writer =>
        {
            WriteAll(writer, all[false]);
            writer.WriteStartObject(Member);
            writer.WriteBase64String(Sealed, key.Seal(eventId, personal));
            writer.WriteEndObject();
        });
    }

    /// <summary>The event's JSON with its sealed members in plain, after the others; JSON that holds nothing sealed as it is.</summary>
    /// <exception cref="InvalidDataException">What is sealed was altered, or sealed for another event or with another key.</exception>
    public static ReadOnlyMemory<byte> Open(ReadOnlyMemory<byte> json, PersonKey key, Guid eventId)
    {
        if (!Holds(json.Span)) return json;
        using var document = JsonDocument.Parse(json);
        var box = document.RootElement.GetProperty(Member).GetProperty(Sealed).GetBytesFromBase64();
        using var personal = JsonDocument.Parse(key.Open(eventId, box));
        return Write(writer =>
        {
            WriteAll(writer, document.RootElement.EnumerateObject().Where(m => m.Name != Member));
            WriteAll(writer, personal.RootElement.EnumerateObject());
        });
    }

    private static void WriteAll(Utf8JsonWriter writer, IEnumerable<JsonProperty> members)
    {
        foreach (var member in members) member.WriteTo(writer);
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
