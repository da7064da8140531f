using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Tms.Api.Http;
using Tms.Api.Reading;

namespace Tms.Api.Documents;

/// <summary>Names, bounds, choices and defaults of a query's parameters, as the reader of query records takes them.</summary>
internal static class QueryWords
{
    /// <summary>Completes an operation's parameters.</summary>
    public static void Complete(OpenApiOperation operation, ApiDescription description)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter is not { In: ParameterLocation.Query, Name: { } name }) continue;
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(name);
            parameter.Description = SchemaWords.InFieldNames(parameter.Description);
            var told = description.ParameterDescriptions.First(one => one.Name == name).ModelMetadata;
            if (told is { ContainerType: { } record, PropertyName: { } member } && parameter.Schema is OpenApiSchema schema)
                Complete(schema, record, record.GetProperty(member)!);
        }
    }

    private static void Complete(OpenApiSchema schema, Type record, PropertyInfo member)
    {
        if (member.PropertyType == typeof(string)) BoundText(schema, member);
        if (member.GetCustomAttribute<RangeAttribute>() is { } range)
            (schema.Minimum, schema.Maximum) = (Number(range.Minimum), Number(range.Maximum));
        if (member.GetValue(Activator.CreateInstance(record)) is int usual) schema.Default = JsonValue.Create(usual);
        if (member.Name == nameof(ISortOrders.Sort) && Orders(record) is { } orders) Choose(schema, orders);
    }

    private static void BoundText(OpenApiSchema schema, PropertyInfo member)
    {
        var length = member.GetCustomAttribute<StringLengthAttribute>();
        schema.MaxLength = length?.MaximumLength ?? Bounds.TextLength;
        if (length is { MinimumLength: > 0 and var least }) schema.MinLength = least;
    }

    private static void Choose(OpenApiSchema schema, ISortOrders orders)
    {
        schema.MaxLength = null;
        schema.Enum = [.. orders.Names.SelectMany(static name => new JsonNode[] { name, "-" + name })];
        schema.Default = orders.Sort;
    }

    private static ISortOrders? Orders(Type record) =>
        record.GetField("Orders", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as ISortOrders;

    private static string? Number(object bound) => Convert.ToString(bound, CultureInfo.InvariantCulture);
}
