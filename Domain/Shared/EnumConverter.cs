using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tms.Domain.Shared;

/// <summary>Writes an enum as its name in camelCase, or as its own wire name where a member gives one; reads no numbers.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class EnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
