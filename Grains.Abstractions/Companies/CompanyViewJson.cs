using System.Text.Json.Serialization;

namespace Tms.Grains.Abstractions.Companies;

/// <summary>JSON of company views: camelCase, nulls written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CompanyView))]
public sealed partial class CompanyViewJson : JsonSerializerContext;
