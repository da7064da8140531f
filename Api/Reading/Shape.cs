using System.Text.Json;
using System.Text.Json.Nodes;
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
        else if (!IsNullable) Fault(findings, FaultCodes.Required, "Must not be null.");
    }

    /// <summary>Notes that a value of this shape must stand here and does not.</summary>
    public void Miss(Findings findings) => Fault(findings, FaultCodes.Required, "Must be there.");

    /// <summary>A value of this shape, to stand for a wrong one.</summary>
    /// <param name="high">Which of two, as different as the shape allows.</param>
    public abstract JsonNode? StandIn(bool high);

    protected abstract void CheckValue(ref Utf8JsonReader reader, Findings findings);

    /// <summary>Notes what is wrong with the whole value.</summary>
    protected void Fault(Findings findings, string code, string message)
    {
        findings.Add(code, message);
        findings.Spoil(this);
    }

    /// <summary>Notes the wrong type and passes over the value.</summary>
    protected void WrongType(ref Utf8JsonReader reader, Findings findings, string expected)
    {
        Fault(findings, FaultCodes.InvalidType, $"Must be {expected}.");
        AnyShape.Walk(ref reader, findings);
    }
}
