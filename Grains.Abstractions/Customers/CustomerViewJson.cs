using System.Text.Json.Serialization;

namespace Tms.Grains.Abstractions.Customers;

/// <summary>JSON of customer views: camelCase, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CustomerView))]
public sealed partial class CustomerViewJson : JsonSerializerContext;
