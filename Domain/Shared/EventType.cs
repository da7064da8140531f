using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Access;

namespace Tms.Domain.Shared;

/// <summary>An event's stable name on disk and on the wire, its schema version, and who may see what of it.</summary>
public abstract class EventType
{
    private protected EventType(string name, int schemaVersion, Type type) => (Name, SchemaVersion, Type) = (name, schemaVersion, type);

    /// <summary>Where the event tells of persons: sealed with their keys before it is stored.</summary>
    public PersonalShape Persons { get; private protected init; } = PersonalShape.None;

    /// <summary>Stable name in SCREAMING_SNAKE, e.g. <c>INVOICE_SENT</c>. Never renamed.</summary>
    public string Name { get; }

    /// <summary>
    /// Version of the data's shape that is written today, from 1. Older ones are lifted when read, a newer one may be lowered.
    /// </summary>
    public int SchemaVersion { get; }

    /// <summary>
    /// The newest schema version that this program reads: a release reads a shape before the next one writes it, so that both run side by
    /// side.
    /// </summary>
    public abstract int Reads { get; }

    /// <summary>Whether this release writes the type. False: it reads it, and the next release is the first to write it.</summary>
    public bool IsWritten { get; private protected init; } = true;

    /// <summary>The .NET type.</summary>
    public Type Type { get; }

    /// <summary>Those who may see the public payload; null: nobody.</summary>
    public Audience? Audience { get; private protected init; }

    /// <summary>The shape of <see cref="PublicPayload"/>; null: nobody sees it.</summary>
    public JsonTypeInfo? Payload { get; private protected init; }

    /// <summary>The grounds on which a stored event of this type may be seen; none: nobody sees it.</summary>
    /// <param name="stream">Id of the event's stream.</param>
    /// <param name="json">The stored JSON; read only where the audience names a person or room by a member.</param>
    /// <param name="schemaVersion">The schema version of the JSON.</param>
    /// <exception cref="JsonException">The JSON had to be read and cannot be.</exception>
    public IReadOnlyList<Ground> SeenBy(Guid stream, ReadOnlySpan<byte> json, int schemaVersion) =>
        Audience is null ? [] : Audience.For(stream, Audience.ReadsTheEvent ? Decode(json, schemaVersion) : null);

    /// <summary>The JSON that is stored.</summary>
    public abstract byte[] Encode(object e);

    /// <summary>
    /// The event that stored JSON of any known schema version holds. Opened or never sealed it is whole; of a person whose key is gone
    /// texts are empty and other values null.
    /// </summary>
    /// <exception cref="JsonException">The bytes are not this event.</exception>
    /// <exception cref="NewerEventException">The bytes are of a schema version newer than this program.</exception>
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
    private readonly FrozenDictionary<int, Func<JsonObject, JsonObject>> _steps;
    private readonly Func<T, byte[]> _public;

    internal EventType(string name, int schemaVersion, JsonTypeInfo<T> json)
        : base(name, schemaVersion, typeof(T))
    {
        _json = json;
        _steps = FrozenDictionary<int, Func<JsonObject, JsonObject>>.Empty;
        _public = static _ => "{}"u8.ToArray();
        Persons = PersonalShapes.Of(json);
    }

    private EventType(
        EventType<T> other, Audience? audience, Func<T, byte[]> payload, FrozenDictionary<int, Func<JsonObject, JsonObject>> steps)
        : base(other.Name, other.SchemaVersion, typeof(T)) =>
        (_json, _public, _steps, Audience, Payload, Persons, IsWritten) =
            (other._json, payload, steps, audience, other.Payload, other.Persons, other.IsWritten);

    /// <summary>Declares the audience and the public payload, a shape of its own: the stored one stays free to change.</summary>
    public EventType<T> VisibleTo<TPublic>(Audience audience, Func<T, TPublic> payload, JsonTypeInfo<TPublic> json) =>
        new(this, audience, e => JsonSerializer.SerializeToUtf8Bytes(payload(e), json), _steps) { Payload = json };

    /// <summary>Declares how data of schema version <paramref name="from"/> becomes data of the next one.</summary>
    public EventType<T> Upcast(int from, Func<JsonObject, JsonObject> lift) => WithStep(from, lift);

    /// <summary>
    /// Declares how data of schema version <paramref name="from"/>, which the next release writes, becomes data of the version before it.
    /// </summary>
    public EventType<T> AlsoReads(int from, Func<JsonObject, JsonObject> lower) => WithStep(from, lower);

    /// <summary>Declares that this release reads the type and does not write it yet: so it can run beside the next one.</summary>
    /// <remarks>
    /// For a new type of an aggregate that earlier releases have. They cannot load a stream with a type that they do not know.
    /// </remarks>
    public EventType<T> NotYetWritten() => new(this, Audience, _public, _steps) { IsWritten = false };

    /// <inheritdoc />
    public override int Reads => _steps.Keys.Append(SchemaVersion).Max();

    /// <inheritdoc />
    public override byte[] Encode(object e) => JsonSerializer.SerializeToUtf8Bytes((T)e, _json);

    /// <inheritdoc />
    public override byte[] PublicPayload(object e) => _public((T)e);

    /// <inheritdoc />
    public override object Decode(ReadOnlySpan<byte> json, int schemaVersion)
    {
        var erased = Persons.IsSealedIn(json);
        if (schemaVersion == SchemaVersion && !erased)
        {
            return JsonSerializer.Deserialize(json, _json) ?? throw new JsonException($"A stored {Name} is null.");
        }

        var data = JsonNode.Parse(json)!.AsObject();
        for (var version = schemaVersion; version != SchemaVersion; version += version < SchemaVersion ? 1 : -1)
        {
            data = _steps.TryGetValue(version, out var step)
                ? step(data)
                : schemaVersion > SchemaVersion ? throw new NewerEventException(Name, schemaVersion, Reads)
                : throw new JsonException($"{Name} has never had a schema version {schemaVersion}.");
        }

        if (erased) Persons.Erase(data);
        return data.Deserialize(_json)!;
    }

    // A step leads from its version towards the one that is written.
    private EventType<T> WithStep(int from, Func<JsonObject, JsonObject> step) =>
        new(this, Audience, _public, _steps.Append(new(from, step)).ToFrozenDictionary());
}
