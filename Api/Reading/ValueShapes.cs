using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tms.Api.Http;
using Tms.Domain.Shared;

namespace Tms.Api.Reading;

/// <summary>A list of values of one shape.</summary>
internal sealed class ListShape(Shape item, int min, int max) : Shape
{
    public override JsonNode StandIn(bool high) => new JsonArray();

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            WrongType(ref reader, findings, "an array");
            return;
        }

        var count = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
        {
            findings.Enter(count);
            if (count < max) item.Check(ref reader, findings);
            else AnyShape.Walk(ref reader, findings);
            findings.Leave();
        }

        if (count > max) TooMany(findings);
        if (count < min) findings.Add(FaultCodes.TooFewItems, $"At least {min} items.");
    }

    private void TooMany(Findings findings)
    {
        findings.AddFirst(FaultCodes.TooManyItems, $"At most {max} items.");
        findings.Spoil(this);
    }
}

/// <summary>A truth value.</summary>
internal sealed class BoolShape : Shape
{
    public override JsonNode StandIn(bool high) => high;

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False)) WrongType(ref reader, findings, "true or false");
    }
}

/// <summary>A number with bounds and a limit of decimals; with 0 decimals a whole number.</summary>
internal sealed class NumberShape(int decimals, decimal min, decimal max) : Shape
{
    private const int LongestWhole = 28;

    public override JsonNode StandIn(bool high) => high ? max : Math.Clamp(0, min, max);

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.Number)
        {
            WrongType(ref reader, findings, "a number");
            return;
        }

        var number = NumberText.Parse(reader.ValueSpan);
        if (number.Decimals > decimals) Fault(findings, FaultCodes.TooManyDecimals, $"At most {decimals} decimals.");
        else if (number.WholeDigits + decimals > LongestWhole || !IsInside(ref reader))
            Fault(findings, FaultCodes.OutOfRange, string.Create(CultureInfo.InvariantCulture, $"From {min} to {max}."));
    }

    private bool IsInside(ref Utf8JsonReader reader) => Decimals.Read(reader.ValueSpan) is var value && value >= min && value <= max;
}

/// <summary>One of a few texts.</summary>
internal sealed class ChoiceShape(IReadOnlyList<string> values) : Shape
{
    private readonly FrozenSet<string> _values = values.ToFrozenSet(StringComparer.Ordinal);

    public override JsonNode StandIn(bool high) => high ? values[^1] : values[0];

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.String) WrongType(ref reader, findings, "a string");
        else if (Texts.Read(ref reader) is not { } text || !_values.Contains(text))
            Fault(findings, FaultCodes.InvalidValue, $"One of {string.Join(", ", values)}.");
    }
}

/// <summary>A text with bounds of length, and perhaps a form.</summary>
internal sealed class TextShape(int min, int max, bool multiLine, TextForm? form) : Shape
{
    // Two texts that differ, of the form where a form decides what can be made of the text.
    public override JsonNode StandIn(bool high) => form switch
    {
        _ when form == TextForms.Uuid => high ? Guid.AllBitsSet : Guid.Empty,
        _ when form == TextForms.Date => Written(high ? Bounds.LastDate : Bounds.FirstDate),
        _ when form == TextForms.Time => Written(high ? Bounds.LastDate : Bounds.FirstDate) + "T00:00:00Z",
        _ => new string(high ? 'y' : 'x', Math.Max(min, 1)),
    };

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.String) WrongType(ref reader, findings, "a string");
        else if (Texts.Read(ref reader) is not { } text) Fault(findings, FaultCodes.InvalidCharacters, "Holds half of a surrogate pair.");
        else if (Fault(text) is var (code, message) && code.Length > 0) Fault(findings, code, message);
    }

    /// <summary>What is wrong with a text; empty: nothing.</summary>
    public (string Code, string Message) Fault(string text)
    {
        if (!Printable.Holds(text, multiLine)) return (FaultCodes.InvalidCharacters, "Holds characters that no document can show.");
        var length = Texts.Length(text);
        if (length > max) return (FaultCodes.TooLong, $"At most {max} characters.");
        if (length < min) return (FaultCodes.TooShort, $"At least {min} characters.");
        return form is null ? ("", "") : form(text);
    }

    private static string Written(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
