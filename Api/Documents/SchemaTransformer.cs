using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Tms.Api.Reading;
using Tms.Domain.Shared;

namespace Tms.Api.Documents;

/// <summary>Bounds that the strict reader holds a request to although no attribute says them, decimals, and closed objects.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var attributes = context.JsonPropertyInfo?.AttributeProvider;
        if (attributes is null) return Task.CompletedTask;
        if (type == typeof(decimal)) BoundDecimal(schema, attributes);
        else if (type == typeof(string)) schema.MaxLength ??= Bounds.TextLength;
        else if (schema.Type is { } kind && kind.HasFlag(JsonSchemaType.Array)) BoundList(schema, attributes);
        return Task.CompletedTask;
    }

    private static void BoundList(OpenApiSchema schema, ICustomAttributeProvider attributes)
    {
        schema.MaxItems ??= Bounds.Items;
        if (schema.Items is OpenApiSchema item && attributes.GetCustomAttributes(typeof(ItemLengthAttribute), true) is [ItemLengthAttribute length, ..]) item.MaxLength = length.Max;
    }

    private static void BoundDecimal(OpenApiSchema schema, ICustomAttributeProvider attributes)
    {
        var decimals = attributes.GetCustomAttributes(typeof(DecimalsAttribute), true) is [DecimalsAttribute given, ..] ? given.Count : Bounds.Decimals;
        schema.Format = null;
        schema.MultipleOf = new decimal(1, 0, 0, false, (byte)decimals);
        if (attributes.GetCustomAttributes(typeof(RangeAttribute), true).Length > 0) return;
        schema.Minimum ??= (-Money.Max).ToString(CultureInfo.InvariantCulture);
        schema.Maximum ??= Money.Max.ToString(CultureInfo.InvariantCulture);
    }
}
