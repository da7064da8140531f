using System.Text.Json.Serialization;

namespace Tms.Grains.Abstractions.Invoices;

/// <summary>JSON of invoice views: camelCase, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InvoiceView))]
public sealed partial class InvoiceViewJson : JsonSerializerContext;
