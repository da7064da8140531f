using System.Collections;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tms.Domain.Tests.Views;

/// <summary>Makes values of any serialized type in which no member has its default, and writes down all that a value says.</summary>
/// <param name="odd">Turns every flag round: a member may begin as true.</param>
internal sealed class Filled(bool odd)
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    public object Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Simple(type) is { } simple) return simple;
        if (type.IsEnum)
            return Enum.GetValues(type).Cast<object>()
                .Last(v => !odd || Enum.GetValues(type).Length < 2 || !v.Equals(Enum.GetValues(type).Cast<object>().Last()));
        if (type.IsArray) return Array(type.GetElementType()!);
        if (Many(type) is { } many) return many;
        return Composite(type.IsAbstract ? Concrete(type) : type);
    }

    /// <summary>Every property and field of a value, at any depth.</summary>
    public static string Text(object? value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    private object? Simple(Type type) =>
        type == typeof(string) || type == typeof(object) ? odd ? "tekst" : "text"
        : type == typeof(bool) ? !odd
        : type == typeof(Guid) ? new Guid("3f2504e0-4f89-41d3-9a0c-0305e82c3301")
        : type == typeof(DateOnly) ? new DateOnly(2026, 2, 28)
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 2, 28, 11, 12, 13, TimeSpan.Zero)
        : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(77)
        : type == typeof(System.Net.IPAddress) ? System.Net.IPAddress.Parse("10.1.2.3")
        : type == typeof(ReadOnlyMemory<byte>) ? new ReadOnlyMemory<byte>([1, 2, 3])
        : type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(7, type, CultureInfo.InvariantCulture)
        : null;

    private Array Array(Type of)
    {
        var array = System.Array.CreateInstance(of, 1);
        array.SetValue(Of(of), 0);
        return array;
    }

    // Lists, sets and dictionaries of one element, in whatever type the member asks for.
    private object? Many(Type type)
    {
        if (!type.IsGenericType || !typeof(IEnumerable).IsAssignableFrom(type)) return null;
        var of = type.GetGenericArguments();
        if (type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return typeof(Filled).GetMethod(nameof(Fixed), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(of)
                .Invoke(null, [Array(of[0])]);
        if (of.Length == 1)
            return type.IsAssignableFrom(of[0].MakeArrayType())
                ? Array(of[0])
                : Activator.CreateInstance(Closed(type, typeof(HashSet<>), typeof(List<>), of), Array(of[0]));
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(of))!;
        map.Add(Of(of[0]), Of(of[1]));
        return map;
    }

    private static ImmutableArray<T> Fixed<T>(T[] values) => [.. values];

    private static Type Closed(Type wanted, Type first, Type second, Type[] of) =>
        wanted.IsAssignableFrom(first.MakeGenericType(of)) ? first.MakeGenericType(of) : second.MakeGenericType(of);

    private static Type Concrete(Type type) =>
        type.Assembly.GetTypes().First(t => !t.IsAbstract && !t.ContainsGenericParameters && type.IsAssignableFrom(t));

    private object Composite(Type type)
    {
        var maker = type.GetConstructors(Members).Where(c => !c.GetParameters().Any(p => p.ParameterType == type))
            .MaxBy(c => c.GetParameters().Length);
        var value = maker is null
            ? RuntimeHelpers.GetUninitializedObject(type)
            : maker.Invoke([.. maker.GetParameters().Select(p => Of(p.ParameterType))]);
        foreach (var property in type.GetProperties(Members)
            .Where(p => p.CanWrite && maker?.GetParameters().Any(m => m.Name == p.Name) != true))
            property.SetValue(value, Of(property.PropertyType));
        return value;
    }

    private static void Write(object? value, StringBuilder text)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case string or IFormattable or bool:
                text.Append(CultureInfo.InvariantCulture, $"{value}");
                break;
            case ReadOnlyMemory<byte> bytes:
                text.Append(Convert.ToHexString(bytes.Span));
                break;
            case IEnumerable many:
                foreach (var one in many) Write(one, text.Append('['));
                break;
            default:
                text.Append(value.GetType().Name).Append('{');
                foreach (var property in value.GetType().GetProperties(Members)
                    .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract"))
                    Write(property.GetValue(value), text.Append(property.Name).Append('='));
                text.Append('}');
                break;
        }
    }
}
