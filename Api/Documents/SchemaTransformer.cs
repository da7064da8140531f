using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
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
        member is MemberInfo { DeclaringType: { } type }
            && (type == typeof(Address) || type.Name.EndsWith("Request", StringComparison.Ordinal));

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
