using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Primitives;
using Tms.Api.Http;

namespace Tms.Api.Reading;

/// <summary>Reads records taken <c>[FromQuery]</c>: each property is a parameter, its attributes are its bounds.</summary>
internal sealed class QueryBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context) =>
        context.BindingInfo.BindingSource == BindingSource.Query && context.Metadata is { IsComplexType: true, IsCollectionType: false }
            ? new QueryBinder(context.Metadata.ModelType)
            : null;
}

/// <summary>The reader of one query record, made once.</summary>
internal sealed class QueryBinder : IModelBinder
{
    private readonly Func<object> _create;
    private readonly Dictionary<string, QueryParameter> _parameters;

    public QueryBinder(Type type)
    {
        _create = Expression.Lambda<Func<object>>(Expression.Convert(Expression.New(type), typeof(object))).Compile();
        _parameters = Properties(type).Select(p => new QueryParameter(p)).ToDictionary(p => p.Name, StringComparer.Ordinal);
    }

    /// <summary>Whether a parameter of an action is a record of several, not one text, number or the like.</summary>
    public static bool IsRecord(Type type) => type is { IsClass: true } && type != typeof(string) && !type.IsArray;

    /// <summary>Names of a record's parameters.</summary>
    public static IEnumerable<string> NamesOf(Type type) => Properties(type).Select(QueryParameter.NameOf);

    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var context = bindingContext.HttpContext;
        var record = _create();
        foreach (var (name, values) in context.Request.Query)
        {
            if (Take(record, name, values) is not { } problem) continue;
            context.Features.Set(problem);
            bindingContext.ModelState.TryAddModelError(name, problem.Detail);
            return Task.CompletedTask;
        }

        bindingContext.Result = ModelBindingResult.Success(record);
        return Task.CompletedTask;
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is not null);

    // What the action does not know was refused before, or is passed over.
    private Problem? Take(object record, string name, StringValues values)
    {
        if (!_parameters.TryGetValue(name, out var parameter)) return null;
        var wrong = values is [{ } text] ? parameter.Set(record, text) : "Must stand there once.";
        return wrong is null ? null : new Problem(400, ErrorCodes.InvalidParameter, $"Parameter '{name}': {wrong}");
    }
}

/// <summary>One parameter of a query record.</summary>
internal sealed class QueryParameter
{
    private readonly Action<object, object?> _assign;
    private readonly Func<string, (object? Value, string? Wrong)> _read;

    public QueryParameter(PropertyInfo property)
    {
        Name = NameOf(property);
        _read = ReaderOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, property);
        _assign = Setter(property);
    }

    public string Name { get; }

    /// <summary>The name that a property has in a query.</summary>
    public static string NameOf(PropertyInfo property) =>
        JsonNamingPolicy.CamelCase.ConvertName(property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? property.Name);

    /// <summary>Sets the parameter; a sentence where the text is wrong, null where it is right.</summary>
    public string? Set(object record, string text)
    {
        var (value, wrong) = _read(text);
        if (wrong is null) _assign(record, value);
        return wrong;
    }

    private static Action<object, object?> Setter(PropertyInfo property)
    {
        var record = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(object));
        var target = Expression.Property(Expression.Convert(record, property.DeclaringType!), property);
        return Expression.Lambda<Action<object, object?>>(
            Expression.Assign(target, Expression.Convert(value, property.PropertyType)), record, value).Compile();
    }

    private static Func<string, (object? Value, string? Wrong)> ReaderOf(Type type, PropertyInfo property)
    {
        if (type == typeof(string)) return Text(property);
        if (type == typeof(bool))
            return static text => text switch { "true" => (true, null), "false" => (false, null), _ => (null, "Must be true or false.") };
        if (type == typeof(Guid)) return static text => Formed(TextForms.Uuid(text), () => Guid.ParseExact(text, "D"));
        if (type == typeof(DateOnly))
            return static text => Formed(TextForms.Date(text), () => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (type == typeof(DateTimeOffset))
            return static text => Formed(TextForms.Time(text), () => Rfc3339.TryParse(text, out var time) ? time : default);
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal)) return Number(type, property);
        return type.IsEnum ? Choice(type) : throw new NotSupportedException($"{type} cannot stand in a query.");
    }

    private static (object? Value, string? Wrong) Formed((string Code, string Message) fault, Func<object> value) =>
        fault.Code.Length == 0 ? (value(), null) : (null, fault.Message);

    private static Func<string, (object? Value, string? Wrong)> Text(PropertyInfo property)
    {
        var length = property.GetCustomAttribute<StringLengthAttribute>();
        var shape = new TextShape(length?.MinimumLength ?? 0, length?.MaximumLength ?? Bounds.TextLength, multiLine: false, form: null);
        return text => Formed(shape.Fault(text), () => text);
    }

    private static Func<string, (object? Value, string? Wrong)> Number(Type type, PropertyInfo property)
    {
        var range = property.GetCustomAttribute<RangeAttribute>();
        var min = Convert.ToDecimal(
            range?.Minimum ?? (type == typeof(int) ? int.MinValue : -Domain.Shared.Money.Max), CultureInfo.InvariantCulture);
        var max = Convert.ToDecimal(
            range?.Maximum ?? (type == typeof(int) ? int.MaxValue : Domain.Shared.Money.Max), CultureInfo.InvariantCulture);
        var style =
            type == typeof(decimal) ? NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign : NumberStyles.AllowLeadingSign;
        var decimals = type == typeof(decimal) ? property.GetCustomAttribute<DecimalsAttribute>()?.Count ?? Bounds.Decimals : 0;
        var wrong = string.Create(CultureInfo.InvariantCulture, $"Must be a number from {min} to {max} with at most {decimals} decimals.");
        return text => decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            && value == Domain.Shared.Money.Round(value, decimals)
            ? (Convert.ChangeType(value, type, CultureInfo.InvariantCulture), null)
            : (null, wrong);
    }

    private static Func<string, (object? Value, string? Wrong)> Choice(Type type)
    {
        var values = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .ToDictionary(ShapeBuilder.WireName, f => f.GetValue(null), StringComparer.Ordinal);
        var wrong = $"Must be one of {string.Join(", ", values.Keys)}.";
        return text => values.TryGetValue(text, out var value) ? (value, null) : (null, wrong);
    }
}
