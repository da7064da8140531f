using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tms.Domain.Users;

/// <summary>Writes a role under its name on the wire: ADMIN, HOVEDBRUKER, BRUKER, ELEV.</summary>
public sealed class RoleConverter : JsonConverter<Role>
{
    /// <inheritdoc />
    public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        (reader.TokenType == JsonTokenType.String ? RolePermissions.FromWire(reader.GetString()) : null)
        ?? throw new JsonException("There is no such role.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToWire());
}
