using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>Reads request records from JSON, strictly: the whole document is checked, and every fault is found, before anything is made of it.</summary>
internal sealed class RequestReader
{
    private const int MaxDepth = 32;
    private readonly ConcurrentDictionary<Type, (Shape Shape, JsonTypeInfo Info)> _known = [];
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

    /// <summary>A value, or the problem that keeps the document from being one.</summary>
    /// <param name="type">The request record.</param>
    /// <param name="body">UTF-8, whole.</param>
    /// <param name="ignoresReadOnly">Whether read-only names of the view are passed over (PUT).</param>
    public (object? Value, Problem? Problem) Read(Type type, ReadOnlySpan<byte> body, bool ignoresReadOnly)
    {
        if (body.IsEmpty) return (null, Malformed("the body is empty"));
        if (!Utf8.IsValid(body)) return (null, Malformed($"byte {InvalidAt(body)} is not UTF-8"));
        var (shape, info) = Known(type);
        try
        {
            return Check(shape, body, ignoresReadOnly) is { } problem ? (null, problem) : (JsonSerializer.Deserialize(body, info), null);
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

    private static Problem? Check(Shape shape, ReadOnlySpan<byte> body, bool ignoresReadOnly)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        var findings = new Findings(ignoresReadOnly);
        reader.Read();
        shape.Check(ref reader, findings);
        reader.Read();
        if (findings.Malformed is var (offset, reason)) return Malformed($"byte {offset + 1}: {reason}");
        return findings.Faults.Count > 0 ? Problem.Invalid(findings.Faults) : null;
    }

    private (Shape Shape, JsonTypeInfo Info) Known(Type type)
    {
        if (_known.TryGetValue(type, out var known)) return known;
        lock (_building) return _known[type] = (_builder.Build(type), _options.GetTypeInfo(type));
    }

    private static Problem Malformed(string where) => new(400, ErrorCodes.MalformedJson, $"The body is not proper JSON: {where}.");

    private static int InvalidAt(ReadOnlySpan<byte> body)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(body[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at + 1;
    }
}
