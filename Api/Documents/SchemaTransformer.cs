using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tms.Api.Reading;
using Tms.Domain.Shared;

namespace Tms.Api.Documents;

/// <summary>
/// Words of enumerations, bounds that the strict reader holds a request to although no attribute says them, decimals, and closed objects.
/// </summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        schema.Description = SchemaWords.InFieldNames(schema.Description);
        if (type.IsEnum) NameWords(schema, type, context.JsonTypeInfo.Options);
        if (type == typeof(decimal)) schema.Format = null;
        if (type == typeof(DateTimeOffset)) NameTime(schema, context.JsonTypeInfo.Type);
        if (context.JsonPropertyInfo is null && !IsTaken(type)) RequireAll(schema, context.JsonTypeInfo);

        // What is answered has no bounds of its own: those are of what is taken.
        if (context.JsonPropertyInfo?.AttributeProvider is not { } attributes
            || !(context.ParameterDescription is not null || IsTaken(attributes))) return Task.CompletedTask;
        if (type == typeof(decimal)) BoundDecimal(schema, attributes);
        else if (type == typeof(string)) schema.MaxLength ??= Bounds.TextLength;
        else if (schema.Type is { } kind && kind.HasFlag(JsonSchemaType.Array)) BoundList(schema, attributes);
        return Task.CompletedTask;
    }

    // One schema stands for a type that is both taken and answered, whichever of the two was met first.
    private static bool IsTaken(ICustomAttributeProvider member) =>
        member is MemberInfo { DeclaringType: { } type } && IsTaken(type);

    private static bool IsTaken(Type type) => type == typeof(Address) || type.Name.EndsWith("Request", StringComparison.Ordinal);

    // The wire has a writer of its own for times, of which the describer knows nothing.
    private static void NameTime(OpenApiSchema schema, Type type)
    {
        schema.Type = type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Format = "date-time";
    }

    // An answer has all its members, null or not, but for those that are left out where they are null.
    private static void RequireAll(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || schema.Properties is null) return;
        schema.Required =
            type.Properties.Where(member => member.ShouldSerialize is null && schema.Properties.ContainsKey(member.Name))
                .Select(static member => member.Name).ToHashSet();
    }

    // As the wire writes them, whichever converter a type has.
    private static void NameWords(OpenApiSchema schema, Type type, JsonSerializerOptions options)
    {
        schema.Type = JsonSchemaType.String | ((schema.Type ?? JsonSchemaType.String) & JsonSchemaType.Null);
        schema.Enum = [.. Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(value => JsonSerializer.SerializeToNode(Enum.ToObject(type, value), type, options)!)];
    }

    private static void BoundList(OpenApiSchema schema, ICustomAttributeProvider attributes)
    {
        schema.MaxItems ??= Bounds.Items;
        if (schema.Items is OpenApiSchema item
            && attributes.GetCustomAttributes(typeof(ItemLengthAttribute), true) is [ItemLengthAttribute length, ..])
            item.MaxLength = length.Max;
    }

    private static void BoundDecimal(OpenApiSchema schema, ICustomAttributeProvider attributes)
    {
        var decimals = attributes.GetCustomAttributes(typeof(DecimalsAttribute), true) is [DecimalsAttribute given, ..]
            ? given.Count
            : Bounds.Decimals;
        schema.MultipleOf = new decimal(1, 0, 0, false, (byte)decimals);
        if (attributes.GetCustomAttributes(typeof(RangeAttribute), true).Length > 0) return;
        schema.Minimum ??= (-Money.Max).ToString(CultureInfo.InvariantCulture);
        schema.Maximum ??= Money.Max.ToString(CultureInfo.InvariantCulture);
    }
}
