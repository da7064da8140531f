using System.Text.Json;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>What a value of a request must look like. Made once per type from the request record, which OpenAPI reads too.</summary>
internal abstract class Shape
{
    /// <summary>Whether null is a value of it.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Checks the value that the reader stands on and leaves the reader on its last token.</summary>
    public void Check(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.Null) CheckValue(ref reader, findings);
        else if (!IsNullable) findings.Add(FaultCodes.Required, "Must not be null.");
    }

    protected abstract void CheckValue(ref Utf8JsonReader reader, Findings findings);

    /// <summary>Notes the wrong type and passes over the value.</summary>
    protected static void WrongType(ref Utf8JsonReader reader, Findings findings, string expected)
    {
        findings.Add(FaultCodes.InvalidType, $"Must be {expected}.");
        AnyShape.Walk(ref reader, findings);
    }
}
