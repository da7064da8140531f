using System.Text;
using System.Text.Json.Serialization;
using Tms.Domain.Shared;
using Tms.EventStore.Persons;
using Tms.Grains.Hosting;
using Xunit;

namespace Tms.Grains.Tests.Persons;

/// <summary>What is stored of an event that tells of persons.</summary>
public sealed partial class PersonalJsonTests
{
    private static readonly Guid Stream = new("018f0000-0000-7000-8000-00000000a000"), Ola = new("018f0000-0000-7000-8000-00000000a001"),
        Kari = new("018f0000-0000-7000-8000-00000000a002");
    private static readonly EventType Issued = CertificateDecider.Types[0];
    private static readonly EventType Hired = EventType.Of("X_HIRED", 1, HiredJson.Default.PersonHired);

    // What is sealed reads as the one it was sealed for and its plain text.
    private readonly List<(Guid? Person, string Plain)> _sealed = [];

    [Fact]
    public void Members_of_a_record_are_sealed_together_and_the_rest_stays_readable()
    {
        var stored = Sealed(Hired, new PersonHired(7, new("Ola", 3, new(2001, 5, 17)), new Dictionary<string, PersonDetails[]>()));
        Assert.Equal("""{"number":7,"details":{"grade":3,"personal":{"sealed":""}},"family":{}}""", stored);
        Assert.Equal([(null, """{"name":"Ola","born":"2001-05-17"}""")], _sealed);
    }

    [Fact]
    public void Values_of_dictionaries_and_items_of_lists_are_sealed_each_by_itself()
    {
        var stored = Sealed(
            Hired,
            new PersonHired(
                7, null, new Dictionary<string, PersonDetails[]> { ["children"] = [new("Kim", 1, null), new("Per", 2, null)] }));
        Assert.Equal(
            """{"number":7,"details":null,"family":{"children":[{"grade":1,"personal":{"sealed":""}},{"grade":2,"personal":"""
                + """{"sealed":""}}]}}""", stored);
        Assert.Equal(["""{"name":"Kim","born":null}""", """{"name":"Per","born":null}"""], _sealed.Select(s => s.Plain));
    }

    [Fact]
    public void What_is_inside_of_a_record_belongs_to_the_nearest_person_that_is_named()
    {
        var e = new CertificateIssued(1, "Brannvern", new(Ola, "Ola", new("ola@example.no", "work")), [new(Kari, "Kari")]);
        var (stored, about) = PersonalJson.Seal(Issued.Encode(e), Issued.Persons, Seal);
        Assert.Equal($$$"""
            {"number":1,"course":"Brannvern","holder":{"id":"{{{Ola}}}","contact":{"kind":"work","personal":{"sealed":"",
            "of":"{{{Ola}}}"}},"personal":{"sealed":"","of":"{{{Ola}}}"}},"witnesses":[{"id":"{{{Kari}}}","contact":null,
            "personal":{"sealed":"","of":"{{{Kari}}}"}}]}
            """.ReplaceLineEndings(""), Encoding.UTF8.GetString(stored));
        Assert.Equal(
            [(Ola, """{"email":"ola@example.no"}"""), (Ola, """{"name":"Ola"}"""), (Kari, """{"name":"Kari"}""")],
            _sealed.Select(s => (s.Person!.Value, s.Plain)));
        Assert.Equal([Ola, Kari], about);
    }

    [Fact]
    public void Everybody_of_whom_something_will_be_sealed_is_known_before()
    {
        Assert.Equal([Stream], Persons(Hired, new PersonHired(7, null, new Dictionary<string, PersonDetails[]>())));
        Assert.Equal(
            [Ola, Kari], Persons(Issued, new CertificateIssued(1, "Brannvern", new(Ola, "Ola"), [new(Kari, "Kari"), new(Ola, "Ola")])));
    }

    [Fact]
    public void A_person_that_is_named_by_no_id_stops_the_event()
    {
        var nobody = new CertificateIssued(1, "Brannvern", new(Guid.Empty, "Ola"), []);
        Assert.Contains(
            "'id' must name a person", Assert.Throws<InvalidOperationException>(() => Sealed(Issued, nobody)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Persons(Issued, nobody));
    }

    [Fact]
    public void A_dictionary_that_says_what_is_sealed_stops_the_event()
    {
        var free = EventType.Of("X_FREE", 1, HiredJson.Default.FreeWords);
        var words = new Dictionary<string, Dictionary<string, string>> { ["personal"] = new() { ["sealed"] = "AAAA" } };
        Assert.Throws<InvalidOperationException>(() => Sealed(free, new FreeWords("Ola", words)));
    }

    [Fact]
    public void What_was_sealed_opens_to_the_same_event()
    {
        var keys = new Dictionary<Guid, PersonKey> { [Ola] = new(new byte[32]), [Kari] = new([1, .. new byte[31]]) };
        var (e, id) = (
            new CertificateIssued(1, "Brannvern", new(Ola, "Ola", new("ola@example.no", "work")), [new(Kari, "Kari")]),
            Guid.CreateVersion7());
        var (stored, _) = PersonalJson.Seal(Issued.Encode(e), Issued.Persons, (person, plain) => keys[person!.Value].Seal(id, plain));
        Assert.DoesNotContain("Kari", Encoding.UTF8.GetString(stored), StringComparison.Ordinal);

        Assert.Equal(e.Holder, Read(stored, keys, id).Holder);
        Assert.Equal(e.Witnesses, Read(stored, keys, id).Witnesses);
        keys.Remove(Ola);
        var (holder, witnesses) = (Read(stored, keys, id).Holder, Read(stored, keys, id).Witnesses);
        Assert.Equal(new Named(Ola, "", new(null, "work")), holder);
        Assert.Equal(e.Witnesses, witnesses);
    }

    private static CertificateIssued Read(byte[] stored, Dictionary<Guid, PersonKey> keys, Guid id) =>
        (CertificateIssued)Issued.Decode(SealedJson.Open(stored, Stream, keys, id).Span, 1);

    private static HashSet<Guid> Persons(EventType type, object e)
    {
        var persons = new HashSet<Guid>();
        PersonalJson.AddSealed(persons, type, e, Stream);
        return persons;
    }

    private string Sealed(EventType type, object e) =>
        Encoding.UTF8.GetString(PersonalJson.Seal(type.Encode(e), type.Persons, Seal).Stored);

    private byte[] Seal(Guid? person, byte[] plain)
    {
        _sealed.Add((person, Encoding.UTF8.GetString(plain)));
        return [];
    }

    public sealed record PersonHired(int Number, PersonDetails? Details, IReadOnlyDictionary<string, PersonDetails[]> Family);

    public sealed record PersonDetails([property: PersonalData] string Name, int Grade, [property: PersonalData] DateOnly? Born);

    public sealed record FreeWords([property: PersonalData] string Name, Dictionary<string, Dictionary<string, string>> Words);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(PersonHired))]
    [JsonSerializable(typeof(FreeWords))]
    private sealed partial class HiredJson : JsonSerializerContext;
}
