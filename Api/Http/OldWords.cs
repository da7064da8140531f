using System.Text.Json.Serialization.Metadata;

namespace Tms.Api.Http;

/// <summary>Words of the old system for the members of one request record: what the rules say in the words of v2 is told so.</summary>
internal sealed class OldWords
{
    /// <summary>A record that has the words of v2.</summary>
    public static readonly OldWords None = new([]);

    private readonly (string[] New, string Old, OldWords Inner)[] _members;

    private OldWords((string[] New, string Old, OldWords Inner)[] members) => _members = members;

    /// <summary>The words of a record and of the records within it.</summary>
    /// <param name="type">The request record.</param>
    /// <param name="info">The serializer's view of a type.</param>
    public static OldWords Of(Type type, Func<Type, JsonTypeInfo> info)
    {
        var record = RecordIn(type);
        if (record.Namespace?.StartsWith("Tms.Api", StringComparison.Ordinal) != true || info(record).Kind != JsonTypeInfoKind.Object)
            return None;
        var named = info(record).Properties.Select(property => (property, Name: NameOf(property))).Where(member => member.Name is not null);
        return new OldWords(
            [.. named.Select(member => (member.Name!.Split('/'), member.property.Name, Of(member.property.PropertyType, info)))]);
    }

    /// <summary>A pointer in the words of v2 as this record has it; what has no old word stays.</summary>
    public string Translate(string pointer)
    {
        if (_members.Length == 0 || pointer.Length == 0) return pointer;
        return "/" + string.Join('/', Translate(pointer[1..].Split('/').AsSpan()));
    }

    private string[] Translate(ReadOnlySpan<string> path)
    {
        // An index of a list leads on to its items.
        if (path.Length > 0 && path[0].All(char.IsAsciiDigit)) return [path[0], .. Translate(path[1..])];
        foreach (var (name, old, inner) in _members)
        {
            if (path.StartsWith(name)) return [old, .. inner.Translate(path[name.Length..])];
        }

        return path.ToArray();
    }

    private static string? NameOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(OldNameAttribute), inherit: true) is [OldNameAttribute name, ..]
            ? name.Name
            : null;

    private static Type RecordIn(Type type) => type.IsGenericType ? type.GetGenericArguments()[0] : type.GetElementType() ?? type;
}
