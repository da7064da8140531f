using System.Buffers;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.EventStore.Persons;

namespace Tms.Grains.Hosting;

/// <summary>Walks an event's JSON along the shape of its type: finds its persons, and seals what tells of them. Pure.</summary>
internal static class PersonalJson
{
    /// <summary>Adds the persons of whom something would be sealed.</summary>
    public static void AddSealed(ISet<Guid> persons, EventType type, object e, Guid stream)
    {
        if (!type.Persons.HasMarked) return;
        if (!type.Persons.NamesPersons)
        {
            persons.Add(stream);
            return;
        }

        using var json = JsonDocument.Parse(type.Encode(e));
        AddSealed(persons, json.RootElement, type.Persons, stream);
    }

    /// <summary>The event's JSON as it is stored, and the persons that it names.</summary>
    /// <param name="json">The event in plain.</param>
    /// <param name="shape">Of its type; it tells of persons.</param>
    /// <param name="seal">Seals bytes for a person; null: for the one whose id the stream has.</param>
    /// <exception cref="InvalidOperationException">A record names nobody; or a value looks as if it were sealed.</exception>
    public static (byte[] Stored, IReadOnlyList<Guid> About) Seal(byte[] json, PersonalShape shape, Func<Guid?, byte[], byte[]> seal)
    {
        if (SealedJson.Holds(json)) throw new InvalidOperationException("An event has a value that looks as if it were sealed.");
        using var document = JsonDocument.Parse(json);
        var about = new List<Guid>();
        return (Bytes(writer => Write(writer, document.RootElement, shape, new(null, seal, about))), about);
    }

    private static void AddSealed(ISet<Guid> persons, JsonElement json, PersonalShape shape, Guid around)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray()) AddSealed(persons, item, shape, around);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            var person = PersonOf(json, shape) ?? around;
            foreach (var member in json.EnumerateObject())
            {
                if (shape.Marked.Contains(member.Name)) persons.Add(person);
                else if (Below(shape, member) is { } below) AddSealed(persons, member.Value, below, person);
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement json, PersonalShape shape, Sealing sealing)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray()) Write(writer, item, shape, sealing);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                WriteMembers(writer, json, shape, sealing.In(PersonOf(json, shape)));
                writer.WriteEndObject();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonElement json, PersonalShape shape, Sealing sealing)
    {
        List<JsonProperty>? personal = null;
        foreach (var member in json.EnumerateObject())
        {
            if (shape.Marked.Contains(member.Name))
            {
                (personal ??= []).Add(member);
            }
            else if (Below(shape, member) is { } below)
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value, below, sealing);
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        if (personal is not null) SealedJson.WriteBox(writer, sealing.Seal(sealing.Person, Bytes(personal)), sealing.Person);
    }

    private static PersonalShape? Below(PersonalShape shape, JsonProperty member) =>
        shape.Values ?? shape.Below.GetValueOrDefault(member.Name);

    private static Guid? PersonOf(JsonElement json, PersonalShape shape)
    {
        if (shape.About is not { } about) return null;
        var person = json.TryGetProperty(about, out var id) ? id.GetGuid() : Guid.Empty;
        return person != Guid.Empty ? person : throw new InvalidOperationException($"'{about}' must name a person, and names nobody.");
    }

    private static byte[] Bytes(List<JsonProperty> members) => Bytes(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in members) member.WriteTo(writer);
        writer.WriteEndObject();
    });

    private static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes)) write(writer);
        return bytes.WrittenSpan.ToArray();
    }

    /// <param name="Person">The nearest person that is named; null: the stream's.</param>
    /// <param name="Seal">Seals bytes for a person.</param>
    /// <param name="About">Gets each person that is named.</param>
    private readonly record struct Sealing(Guid? Person, Func<Guid?, byte[], byte[]> Seal, List<Guid> About)
    {
        public Sealing In(Guid? person)
        {
            if (person is { } named && !About.Contains(named)) About.Add(named);
            return person is null ? this : this with { Person = person };
        }
    }
}
