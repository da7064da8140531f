using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tms.Api.Reading;

/// <summary>What a body says, whatever way it is written: sorted names, normalised numbers and escapes, no spaces.</summary>
internal static class CanonicalJson
{
    private static readonly byte[] Nothing = SHA256.HashData([]);

    /// <summary>SHA-256 of the canonical form of a checked document; of nothing for no body.</summary>
    public static byte[] Fingerprint(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return Nothing;
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var buffer = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(buffer)) Write(writer, document.RootElement);
        return SHA256.HashData(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(writer, element);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(NumberText.Parse(JsonMarshal(element)).ToCanonical());
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value);
        }

        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> JsonMarshal(JsonElement element) =>
        System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element);
}
