using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>A property of an object.</summary>
internal sealed class PropertyShape(string name, bool required, Func<Shape> value)
{
    private readonly Lazy<Shape> _value = new(value);

    public string Name { get; } = name;

    public byte[] Utf8 { get; } = System.Text.Encoding.UTF8.GetBytes(name);

    public bool IsRequired { get; } = required;

    public Shape Value => _value.Value;
}

/// <summary>An object with known properties, at most 64.</summary>
internal sealed class ObjectShape : Shape
{
    private readonly PropertyShape[] _properties;
    private readonly FrozenSet<string> _readOnly;
    private readonly ulong _required;

    public ObjectShape(IEnumerable<PropertyShape> properties, IEnumerable<string> readOnly)
    {
        _properties = [.. properties];
        _readOnly = readOnly.ToFrozenSet(StringComparer.Ordinal);
        if (_properties.Length > 64) throw new NotSupportedException("A request record has at most 64 properties.");
        for (var i = 0; i < _properties.Length; i++) _required |= _properties[i].IsRequired ? 1UL << i : 0;
    }

    public override JsonNode StandIn(bool high)
    {
        var value = new JsonObject();
        foreach (var property in _properties)
        {
            if (property.IsRequired) value[property.Name] = property.Value.StandIn(high);
        }

        return value;
    }

    protected override void CheckValue(ref Utf8JsonReader reader, Findings findings)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            WrongType(ref reader, findings, "an object");
            return;
        }

        var seen = 0UL;
        var expected = 0;
        HashSet<string>? others = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var index = Find(ref reader, expected);
            if (index < 0) CheckOther(ref reader, findings, others ??= new HashSet<string>(StringComparer.Ordinal));
            else CheckKnown(ref reader, findings, index, ref seen);
            expected = index + 1;
        }

        AddMissing(findings, _required & ~seen);
    }

    // Clients mostly write in our order, so the search starts where the last one ended.
    private int Find(ref Utf8JsonReader reader, int expected)
    {
        for (var i = 0; i < _properties.Length; i++)
        {
            var index = expected + i;
            if (index >= _properties.Length) index -= _properties.Length;
            if (reader.ValueTextEquals(_properties[index].Utf8)) return index;
        }

        return -1;
    }

    private void CheckKnown(ref Utf8JsonReader reader, Findings findings, int index, ref ulong seen)
    {
        if ((seen & 1UL << index) != 0) findings.Reject(reader.TokenStartIndex, "a name stands there twice");
        seen |= 1UL << index;
        var property = _properties[index];
        reader.Read();
        findings.Enter(property.Name);
        property.Value.Check(ref reader, findings);
        findings.Leave();
    }

    private void CheckOther(ref Utf8JsonReader reader, Findings findings, HashSet<string> others)
    {
        var name = reader.GetString()!;
        if (!others.Add(name)) findings.Reject(reader.TokenStartIndex, "a name stands there twice");
        var before = findings.Faults.Count;
        if (!(findings.IgnoresReadOnly && _readOnly.Contains(name))) findings.Add(name, FaultCodes.UnknownField, "There is no such field.");
        reader.Read();
        findings.Enter(name);
        AnyShape.Walk(ref reader, findings);
        findings.Leave();
        if (findings.Faults.Count > before) findings.Drop(name);
    }

    private void AddMissing(Findings findings, ulong missing)
    {
        for (var i = 0; missing != 0; i++, missing >>= 1)
        {
            if ((missing & 1) == 0) continue;
            findings.Enter(_properties[i].Name);
            _properties[i].Value.Miss(findings);
            findings.Leave();
        }
    }
}
