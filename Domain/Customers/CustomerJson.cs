using System.Text.Json.Serialization;

namespace Tms.Domain.Customers;

/// <summary>JSON of stored events, public payloads and snapshots of customers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Customer))]
[JsonSerializable(typeof(CustomerPayload))]
[JsonSerializable(typeof(CustomerCreated))]
[JsonSerializable(typeof(CustomerUpdated))]
[JsonSerializable(typeof(CustomerArchived))]
internal sealed partial class CustomerJson : JsonSerializerContext;
