using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Users;

namespace Tms.Domain.Shared;

/// <summary>An event's stable name on disk and on the wire, its schema version, and who may see what of it.</summary>
public abstract class EventType
{
    private protected EventType(string name, int schemaVersion, Type type) => (Name, SchemaVersion, Type) = (name, schemaVersion, type);

    /// <summary>Stable name in SCREAMING_SNAKE, e.g. <c>INVOICE_SENT</c>. Never renamed.</summary>
    public string Name { get; }

    /// <summary>Version of the data's shape that is written today, from 1. Older ones are lifted when read.</summary>
    public int SchemaVersion { get; }

    /// <summary>The .NET type.</summary>
    public Type Type { get; }

    /// <summary>The permission that may see the public payload; null: nobody.</summary>
    public Permission? Audience { get; private protected init; }

    /// <summary>The JSON that is stored.</summary>
    public abstract byte[] Encode(object e);

    /// <summary>The event that stored JSON of any known schema version holds.</summary>
    /// <exception cref="JsonException">The bytes are not this event, or of a schema version newer than this program.</exception>
    public abstract object Decode(ReadOnlySpan<byte> json, int schemaVersion);

    /// <summary>The JSON that may leave the system, for those whom <see cref="Audience"/> names.</summary>
    public abstract byte[] PublicPayload(object e);

    /// <summary>An event type that nobody outside may see until <see cref="EventType{T}.VisibleTo{TPublic}"/> says who may.</summary>
    public static EventType<T> Of<T>(string name, int schemaVersion, JsonTypeInfo<T> json)
        where T : class => new(name, schemaVersion, json);
}

/// <inheritdoc />
public sealed class EventType<T> : EventType
    where T : class
{
    private readonly JsonTypeInfo<T> _json;
    private readonly FrozenDictionary<int, Func<JsonObject, JsonObject>> _upcasters;
    private readonly Func<T, byte[]> _public;

    internal EventType(string name, int schemaVersion, JsonTypeInfo<T> json)
        : base(name, schemaVersion, typeof(T))
    {
        _json = json;
        _upcasters = FrozenDictionary<int, Func<JsonObject, JsonObject>>.Empty;
        _public = static _ => "{}"u8.ToArray();
    }

    private EventType(EventType<T> other, Permission? audience, Func<T, byte[]> payload, FrozenDictionary<int, Func<JsonObject, JsonObject>> upcasters)
        : base(other.Name, other.SchemaVersion, typeof(T)) =>
        (_json, _public, _upcasters, Audience) = (other._json, payload, upcasters, audience);

    /// <summary>Declares the audience and the public payload, a shape of its own: the stored one stays free to change.</summary>
    public EventType<T> VisibleTo<TPublic>(Permission audience, Func<T, TPublic> payload, JsonTypeInfo<TPublic> json) =>
        new(this, audience, e => JsonSerializer.SerializeToUtf8Bytes(payload(e), json), _upcasters);

    /// <summary>Declares how data of schema version <paramref name="from"/> becomes data of the next one.</summary>
    public EventType<T> Upcast(int from, Func<JsonObject, JsonObject> lift) =>
        new(this, Audience, _public, _upcasters.Append(new(from, lift)).ToFrozenDictionary());

    /// <inheritdoc />
    public override byte[] Encode(object e) => JsonSerializer.SerializeToUtf8Bytes((T)e, _json);

    /// <inheritdoc />
    public override byte[] PublicPayload(object e) => _public((T)e);

    /// <inheritdoc />
    public override object Decode(ReadOnlySpan<byte> json, int schemaVersion)
    {
        if (schemaVersion == SchemaVersion)
        {
            return JsonSerializer.Deserialize(json, _json) ?? throw new JsonException($"A stored {Name} is null.");
        }

        var lifted = JsonNode.Parse(json)!.AsObject();
        for (var version = schemaVersion; version != SchemaVersion; version++)
        {
            lifted = _upcasters.TryGetValue(version, out var lift)
                ? lift(lifted)
                : throw new JsonException($"{Name} of schema version {schemaVersion} cannot be read: this program knows up to {SchemaVersion}.");
        }

        return lifted.Deserialize(_json)!;
    }
}
