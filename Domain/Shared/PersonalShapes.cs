using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Tms.Domain.Shared;

/// <summary>
/// Finds the shapes of one event type. What cannot be sealed where it stands stops the start, with a sentence that names it.
/// </summary>
internal sealed class PersonalShapes
{
    private readonly Dictionary<Type, PersonalShape> _found = [];
    private readonly List<(PersonalShape Shape, Func<PersonalShape, bool> Wrong, ArgumentException Fault)> _checks = [];
    private readonly string _event;

    private PersonalShapes(JsonTypeInfo json) => _event = json.Type.Name;

    /// <summary>Where an event type tells of persons.</summary>
    /// <exception cref="ArgumentException">
    /// A marked member can be neither empty nor null, or stands where nothing seals it; or a record does not name its person as it must.
    /// </exception>
    public static PersonalShape Of(JsonTypeInfo json)
    {
        var shapes = new PersonalShapes(json);
        var root = shapes.In(json);
        shapes.SumUp();
        if (shapes._checks.Find(static c => c.Wrong(c.Shape)).Fault is { } fault) throw fault;
        return root.HasMarked || root.NamesPersons ? root : PersonalShape.None;
    }

    private PersonalShape In(JsonTypeInfo json)
    {
        if (_found.TryGetValue(json.Type, out var known)) return known;
        var shape = _found[json.Type] = new PersonalShape();
        switch (json.Kind)
        {
            case JsonTypeInfoKind.Object:
                Record(shape, json);
                break;
            case JsonTypeInfoKind.Dictionary:
                shape.Values = In(json, json.ElementType!);
                break;
            case JsonTypeInfoKind.Enumerable:
                return _found[json.Type] = In(json, json.ElementType!);
            default:
                if (Nullable.GetUnderlyingType(json.Type) is { } value) return _found[json.Type] = In(json, value);
                if (HiddenIn(json.Type) is { } hidden)
                    throw Cannot($"{json.Type.Name}.{hidden.Name}", "is written by a converter of its own, where nothing is sealed");
                break;
        }

        return shape;
    }

    private PersonalShape In(JsonTypeInfo around, Type type) => type == typeof(object)
        ? throw Cannot(around.Type.Name, "holds values of any kind, and nobody knows what they tell of")
        : In(around.Options.GetTypeInfo(type));

    private void Record(PersonalShape shape, JsonTypeInfo json)
    {
        var members = json.Properties.Where(static p => p.Get is not null).ToList();
        var marked = members.FindAll(Is<PersonalDataAttribute>);
        var about = members.FindAll(Is<AboutAttribute>);
        Check(json, members, marked, about);
        shape.Marked = marked.Select(static m => m.Name).ToFrozenSet();
        shape.Texts = marked.Where(IsNeverNull).Select(static m => m.Name).ToFrozenSet();
        shape.About = about.SingleOrDefault()?.Name;
        shape.Below = members.Except(marked).ToFrozenDictionary(static m => m.Name, m => In(json, m.PropertyType));
        foreach (var whole in marked)
        {
            var fault = Cannot(
                $"{json.Type.Name}.{whole.Name}", "is sealed as a whole and names a person inside: mark what is inside instead");
            _checks.Add((In(json, whole.PropertyType), static s => s.NamesPersons, fault));
        }

        foreach (var kind in json.PolymorphismOptions?.DerivedTypes ?? [])
        {
            var fault = Cannot(
                kind.DerivedType.Name, $"tells of a person and is one of several kinds of {json.Type.Name}: give it a member of its own");
            _checks.Add((In(json, kind.DerivedType), static s => s.HasMarked || s.NamesPersons, fault));
        }
    }

    private void Check(JsonTypeInfo json, List<JsonPropertyInfo> members, List<JsonPropertyInfo> marked, List<JsonPropertyInfo> about)
    {
        string Name(JsonPropertyInfo member) => $"{json.Type.Name}.{member.Name}";
        if (members.Find(static m => m.Name == PersonalShape.Sealed) is { } taken)
            throw Cannot(Name(taken), "has the name of what is sealed");
        if (marked.Find(static m => IsNeverNull(m) && m.PropertyType != typeof(string)) is { } never)
            throw Cannot(Name(never), "tells of a person and cannot be null");
        if (about.Find(static m => m.PropertyType != typeof(Guid)) is { } wrong)
            throw Cannot(Name(wrong), "names a person and must be a Guid that is never null");
        if (about.Find(marked.Contains) is { } both)
            throw Cannot(Name(both), "names a person and cannot be sealed: by it the key is found");
        if (about.Count > 1)
            throw Cannot(Name(about[1]), "is the second member that names a person: each person needs a record of its own");
    }

    // A shape may contain itself: until nothing changes any more.
    private void SumUp()
    {
        while (_found.Values.Aggregate(false, static (any, shape) => Sum(shape) || any))
        {
        }

        foreach (var shape in _found.Values)
            shape.Below = shape.Below.Where(m => m.Value.HasMarked || m.Value.NamesPersons).ToFrozenDictionary();
    }

    private static bool Sum(PersonalShape shape)
    {
        var before = (shape.HasMarked, shape.NamesPersons);
        var inside = shape.Values is { } values ? shape.Below.Values.Append(values) : shape.Below.Values;
        shape.HasMarked = shape.Marked.Count > 0 || inside.Any(static s => s.HasMarked);
        shape.NamesPersons = shape.About is not null || inside.Any(static s => s.NamesPersons);
        return before != (shape.HasMarked, shape.NamesPersons);
    }

    private static PropertyInfo? HiddenIn(Type type) => type.GetProperties().FirstOrDefault(static p =>
        p.IsDefined(typeof(PersonalDataAttribute)) || p.IsDefined(typeof(AboutAttribute)));

    private static bool Is<T>(JsonPropertyInfo member)
        where T : Attribute => member.AttributeProvider?.IsDefined(typeof(T), inherit: true) == true;

    private static bool IsNeverNull(JsonPropertyInfo member) =>
        new NullabilityInfoContext().Create((PropertyInfo)member.AttributeProvider!).ReadState == NullabilityState.NotNull;

    private ArgumentException Cannot(string member, string why) => new($"{_event}: '{member}' {why}.");
}
