using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Api.Reading;

/// <summary>
/// Makes shapes from request records: from the serializer's own view of them and from their attributes. Runs at the start, never per
/// request.
/// </summary>
internal sealed class ShapeBuilder(JsonSerializerOptions options)
{
    private readonly ConcurrentDictionary<Type, Shape> _objects = [];

    /// <summary>The shape of a request record.</summary>
    public Shape Build(Type type) => Of(type, isNullable: false, NoAttributes.Instance);

    private Shape Of(Type declared, bool isNullable, ICustomAttributeProvider attributes)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        isNullable |= type != declared;
        if (type == typeof(string)) return Text(attributes, isNullable);
        if (type == typeof(bool)) return new BoolShape { IsNullable = isNullable };
        if (type == typeof(JsonElement) || type == typeof(object)) return new AnyShape { IsNullable = true };
        if (type.IsEnum) return new ChoiceShape(WireNames(type)) { IsNullable = isNullable };
        if (Form(type) is { } form) return new TextShape(0, Bounds.TextLength, multiLine: false, form) { IsNullable = isNullable };
        if (Largest(type) is { } largest) return Number(type, largest, attributes, isNullable);
        return ItemOf(type) is { } item ? List(item, attributes, isNullable) : Object(type, isNullable);
    }

    private static TextForm? Form(Type type) =>
        type == typeof(Guid)
            ? TextForms.Uuid
            : type == typeof(DateOnly) ? TextForms.Date : type == typeof(DateTimeOffset) ? TextForms.Time : null;

    private static decimal? Largest(Type type) =>
        type == typeof(decimal) ? Money.Max : type == typeof(int) ? int.MaxValue : type == typeof(long) ? long.MaxValue : null;

    private static Type? ItemOf(Type type) =>
        type.IsArray
            ? type.GetElementType()
            : type.IsGenericType && typeof(System.Collections.IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[0] : null;

    private ListShape List(Type item, ICustomAttributeProvider attributes, bool isNullable) =>
        new(Item(item, attributes), MinLength(attributes), MaxLength(attributes) ?? Bounds.Items) { IsNullable = isNullable };

    private Shape Item(Type type, ICustomAttributeProvider attributes) =>
        type == typeof(string) && Get<ItemLengthAttribute>(attributes) is { } length
            ? new TextShape(0, length.Max, multiLine: false, form: null)
            : Of(type, isNullable: false, NoAttributes.Instance);

    private static TextShape Text(ICustomAttributeProvider attributes, bool isNullable) =>
        new(
            MinLength(attributes), MaxLength(attributes) ?? Bounds.TextLength, Get<MultiLineAttribute>(attributes) is not null,
            Form(attributes))
        { IsNullable = isNullable };

    private static TextForm? Form(ICustomAttributeProvider attributes)
    {
        if (Get<EmailAddressAttribute>(attributes) is not null) return TextForms.Email;
        if (Get<UrlAttribute>(attributes) is not null) return TextForms.Url;
        return Get<RegularExpressionAttribute>(attributes) is { } pattern ? TextForms.Pattern(pattern.Pattern) : null;
    }

    private static NumberShape Number(Type type, decimal largest, ICustomAttributeProvider attributes, bool isNullable)
    {
        var decimals = type != typeof(decimal) ? 0 : Get<DecimalsAttribute>(attributes)?.Count ?? Bounds.Decimals;
        var range = Get<RangeAttribute>(attributes);
        return new NumberShape(decimals, Bound(range?.Minimum) ?? -largest, Bound(range?.Maximum) ?? largest) { IsNullable = isNullable };
    }

    private static decimal? Bound(object? bound) => bound switch
    {
        null => null,
        double =>
            throw new NotSupportedException("Bounds of numbers are int or [Range(typeof(decimal), \"…\", \"…\")]: never floating point."),
        _ => Convert.ToDecimal(bound, CultureInfo.InvariantCulture),
    };

    private static int MinLength(ICustomAttributeProvider attributes) =>
        Get<StringLengthAttribute>(attributes)?.MinimumLength ?? Get<MinLengthAttribute>(attributes)?.Length
            ?? Get<LengthAttribute>(attributes)?.MinimumLength ?? 0;

    private static int? MaxLength(ICustomAttributeProvider attributes) =>
        Get<StringLengthAttribute>(attributes)?.MaximumLength ?? Get<MaxLengthAttribute>(attributes)?.Length
            ?? Get<LengthAttribute>(attributes)?.MaximumLength;

    // A type may hold itself: its properties are looked at when the first document is checked (or warmed up), not while it is built.
    private Shape Object(Type type, bool isNullable)
    {
        if (!isNullable && _objects.TryGetValue(type, out var known)) return known;
        var info = options.GetTypeInfo(type);
        if (info.Kind != JsonTypeInfoKind.Object) throw new NotSupportedException($"{type} cannot stand in a request record.");
        var shape = new ObjectShape(
            info.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null).Select(Property), ReadOnlyNames(info))
        {
            IsNullable = isNullable,
        };
        if (!isNullable) _objects[type] = shape;
        return shape;
    }

    private PropertyShape Property(JsonPropertyInfo property)
    {
        var attributes = property.AttributeProvider ?? NoAttributes.Instance;
        var required = property.IsRequired || Get<RequiredAttribute>(attributes) is not null;
        return new PropertyShape(
            property.Name, required,
            () => Of(property.PropertyType, property.IsSetNullable && !property.PropertyType.IsValueType, attributes));
    }

    private IEnumerable<string> ReadOnlyNames(JsonTypeInfo info)
    {
        if (info.Type.GetCustomAttribute<ReadOnlyInputAttribute>() is not { } attribute) return [];
        return attribute.View is { } view ? options.GetTypeInfo(view).Properties.Select(p => p.Name) : attribute.Names;
    }

    /// <summary>The texts that an enum's values have on the wire.</summary>
    public static IReadOnlyList<string> WireNames(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(WireName)];

    /// <summary>The text that one value of an enum has on the wire.</summary>
    public static string WireName(FieldInfo field) =>
        field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Name);

    private static T? Get<T>(ICustomAttributeProvider attributes)
        where T : Attribute => attributes.GetCustomAttributes(typeof(T), inherit: true) is [T attribute, ..] ? attribute : null;

    private sealed class NoAttributes : ICustomAttributeProvider
    {
        public static readonly NoAttributes Instance = new();

        public object[] GetCustomAttributes(bool inherit) => [];

        public object[] GetCustomAttributes(Type attributeType, bool inherit) => [];

        public bool IsDefined(Type attributeType, bool inherit) => false;
    }
}
