using System.Text.Json;
using System.Text.Json.Nodes;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>Any JSON: only its names must be unique and its texts well formed.</summary>
internal sealed class AnyShape : Shape
{
    public override JsonNode? StandIn(bool high) => null;

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        var before = findings.Faults.Count;
        Walk(ref reader, findings);
        if (findings.Faults.Count > before) findings.Spoil(this);
    }

    /// <summary>Passes over a value.</summary>
    public static void Walk(ref Utf8JsonReader reader, Findings findings)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WalkObject(ref reader, findings);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) Walk(ref reader, findings);
                break;
            case JsonTokenType.String when reader.ValueIsEscaped && Texts.Read(ref reader) is null:
                findings.Add(FaultCodes.InvalidCharacters, "Holds half of a surrogate pair.");
                break;
        }
    }

    private static void WalkObject(ref Utf8JsonReader reader, Findings findings)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var offset = reader.TokenStartIndex;
            if (Texts.Read(ref reader) is not { } name) findings.Reject(offset, "a name holds half of a surrogate pair");
            else if (!names.Add(name)) findings.Reject(offset, "a name stands there twice");
            reader.Read();
            Walk(ref reader, findings);
        }
    }
}
