using System.Text.Json.Serialization;

namespace Tms.Domain.Companies;

/// <summary>JSON of stored events, public payloads and snapshots of companies.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Company))]
[JsonSerializable(typeof(CompanyPayload))]
[JsonSerializable(typeof(CompanyCreated))]
[JsonSerializable(typeof(CompanyUpdated))]
[JsonSerializable(typeof(ServiceActivated))]
[JsonSerializable(typeof(ServiceDeactivated))]
internal sealed partial class CompanyJson : JsonSerializerContext;
