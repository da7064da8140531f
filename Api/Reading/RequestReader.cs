using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>
/// Reads request records from JSON, strictly: the whole document is checked, and every fault is found, before anything is made of it.
/// </summary>
internal sealed class RequestReader
{
    private const int MaxDepth = 32;
    private readonly ConcurrentDictionary<Type, KnownType> _known = [];
    private readonly JsonSerializerOptions _options;
    private readonly ShapeBuilder _builder;
    private readonly Lock _building = new();

    public RequestReader(IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> wire)
    {
        _options = new JsonSerializerOptions(wire.Value.SerializerOptions);
        _options.Converters.Insert(0, new Decimals.Exact());
        _options.Converters.Insert(0, new Decimals.WholeInt());
        _options.Converters.Insert(0, new Decimals.WholeLong());
        _options.MakeReadOnly(populateMissingResolver: true);
        _builder = new ShapeBuilder(_options);
    }

    /// <summary>Makes what reading a type needs.</summary>
    public void Prepare(Type type) => _ = Known(type);

    /// <summary>Words of the old system for the members of a type.</summary>
    public OldWords WordsOf(Type type) => Known(type).Words;

    /// <summary>
    /// A value, or the problem that keeps the document from being one: its shape and the rules of its record, all faults at once.
    /// </summary>
    /// <param name="type">The request record.</param>
    /// <param name="body">UTF-8, whole.</param>
    /// <param name="facts">What the rules may know.</param>
    public (object? Value, Problem? Problem) Read(Type type, ReadOnlySpan<byte> body, RuleFacts facts)
    {
        if (body.IsEmpty) return (null, Malformed("the body is empty"));
        if (!Utf8.IsValid(body)) return (null, Malformed($"byte {InvalidAt(body)} is not UTF-8"));
        var known = Known(type);
        try
        {
            var findings = Check(known.Shape, body, facts.Replaces);
            if (findings.Malformed is var (offset, reason)) return (null, Malformed($"byte {offset + 1}: {reason}"));
            if (findings.Faults.Count > 0) return (null, Invalid([.. findings.Faults, .. OtherFaults(known, body, findings, facts)]));
            return Made(known, body, facts);
        }
        catch (JsonException e)
        {
            return (null, Malformed($"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));
        }
        catch (InvalidOperationException)
        {
            return (null, Malformed("a name holds half of a surrogate pair"));
        }
    }

    // The syntax has been checked: what the serializer cannot take all the same is a wrong value, not improper JSON.
    private static (object? Value, Problem? Problem) Made(KnownType known, ReadOnlySpan<byte> body, RuleFacts facts)
    {
        try
        {
            var value = JsonSerializer.Deserialize(body, known.Info);
            return Rules(known, value, facts) is { Count: > 0 } faults ? (null, Invalid(faults)) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, Invalid([new Fault(Pointer.OfPath(e.Path ?? ""), FaultCodes.InvalidValue, "Cannot be read.")]));
        }
    }

    private static Findings Check(Shape shape, ReadOnlySpan<byte> body, bool ignoresReadOnly)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        var findings = new Findings(ignoresReadOnly);
        reader.Read();
        shape.Check(ref reader, findings);
        reader.Read();
        return findings;
    }

    // What the rules say whatever stands for the wrong values, of what is not wrong already.
    private static IEnumerable<Fault> OtherFaults(KnownType known, ReadOnlySpan<byte> body, Findings findings, RuleFacts facts)
    {
        if (!typeof(IRuled).IsAssignableFrom(known.Info.Type) || findings.Wrong.Count >= Bounds.Faults) return [];
        if (StandIns.Replace(body, findings.Wrong, high: false) is not { } low
            || StandIns.Replace(body, findings.Wrong, high: true) is not { } high) return [];
        var said = Rules(known, high.Deserialize(known.Info), facts).Select(fault => (fault.Field, fault.Code)).ToHashSet();
        return Rules(known, low.Deserialize(known.Info), facts)
            .Where(fault => said.Contains((fault.Field, fault.Code)) && !findings.Touch(fault.Field)).ToArray();
    }

    private static IReadOnlyList<Fault> Rules(KnownType known, object? value, RuleFacts facts) =>
        value is IRuled ruled
            ? [.. ruled.Check(facts).Select(refusal => new Fault(known.Words.Translate(refusal.Field ?? ""), refusal.Code, refusal.Detail))]
            : [];

    private static Problem Invalid(IReadOnlyList<Fault> faults) =>
        Problem.Invalid(faults.Count > Bounds.Faults ? [.. faults.Take(Bounds.Faults)] : faults) with { IsAsWritten = true };

    private KnownType Known(Type type)
    {
        if (_known.TryGetValue(type, out var known)) return known;
        lock (_building) return _known[type] =
            new(_builder.Build(type), _options.GetTypeInfo(type), OldWords.Of(type, _options.GetTypeInfo));
    }

    private static Problem Malformed(string where) => new(400, ErrorCodes.MalformedJson, $"The body is not proper JSON: {where}.");

    private static int InvalidAt(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(body[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at + 1;
    }

    private sealed record KnownType(Shape Shape, JsonTypeInfo Info, OldWords Words);
}
