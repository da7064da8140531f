using System.Text.Json.Serialization;

namespace Tms.Domain.Access;

/// <summary>JSON of stored notices of access.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserAccessChanged))]
[JsonSerializable(typeof(CompanyAccessChanged))]
[JsonSerializable(typeof(ApiKeyEnded))]
internal sealed partial class AccessJson : JsonSerializerContext;
