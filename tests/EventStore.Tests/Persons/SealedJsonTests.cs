using Tms.EventStore.Persons;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Persons;

public sealed class SealedJsonTests
{
    // As the first release wrote it: it must open for as long as there are logs.
    private const string Recorded =
        """{"companyId":"018f0000-0000-7000-8000-00000000c001","role":"BRUKER","personal":"""
            + """{"sealed":"ZGVmZ2hpamtsbW5v3bIBbKtHd0V/bfPIOiHcvDM5uwsYgDq8BEAwhLtLBJIwpmtr5QKzF9+"""
            + """wwTiXxosm+8ts4ip76XeJvRlSmGDw7VQ3+cUMaC1JiYXit4Lkh7AqwrR8siZaa+VNkA=="}}""";

    private static readonly Guid Event = new("018f0000-0000-7000-8000-00000000e001");
    private static readonly Guid Ola = new("018f0000-0000-7000-8000-00000000a001"), Kari = new("018f0000-0000-7000-8000-00000000a002");
    private readonly PersonKey _key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    private readonly PersonKey _karis = new([.. Enumerable.Range(7, 32).Select(i => (byte)i)]);

    [Fact]
    public void An_event_as_the_first_release_sealed_it_opens() => Assert.Equal(
        """{"companyId":"018f0000-0000-7000-8000-00000000c001","role":"BRUKER","email":"ola.nordmann@example.no","""
            + "\"firstName\":\"Ola\",\"lastName\":\"Nordmann\"}",
        Some.Text(Opened(Some.Bytes(Recorded), new() { [Ola] = _key })));

    [Theory]
    [InlineData("""{"role":"BRUKER"}""")]
    [InlineData("""{"role":"BRUKER","email":"ola@example.no"}""")]
    public void What_was_never_sealed_is_read_as_it_stands(string json)
    {
        Assert.False(SealedJson.Holds(Some.Bytes(json)));
        Assert.Equal(json, Some.Text(Opened(Some.Bytes(json), new() { [Ola] = _key })));
    }

    [Fact]
    public void Boxes_of_several_persons_open_at_any_depth_each_with_its_own_key()
    {
        var json = Some.Bytes(
            $$$"""{"course":"Brann","holders":[{{{Holder(_key, null, "Ola")}}},{"inner":"""
                + $$$"""{"deep":{{{Holder(_karis, Kari, "Kari")}}}}}],"grade":4}""");
        Assert.Equal(
            """{"course":"Brann","holders":[{"level":2,"name":"Ola"},{"inner":{"deep":{"level":2,"name":"Kari"}}}],"grade":4}""",
            Some.Text(Opened(json, new() { [Ola] = _key, [Kari] = _karis })));
    }

    [Fact]
    public void A_box_without_its_key_stays_sealed_beside_one_that_opens()
    {
        // Boxes differ each time, and only some have bytes that JSON may escape.
        for (var i = 0; i < 20; i++)
        {
            var karis = Holder(_karis, Kari, "Kari");
            var opened = Some.Text(
                Opened(Some.Bytes($$"""{"holders":[{{Holder(_key, null, "Ola")}},{{karis}}]}"""), new() { [Ola] = _key }));
            Assert.Equal($$"""{"holders":[{"level":2,"name":"Ola"},{{karis}}]}""", opened);
        }
    }

    [Fact]
    public void The_persons_of_an_event_are_known_without_a_key()
    {
        var persons = new HashSet<Guid>();
        SealedJson.AddPersons(Some.Bytes($$"""{"a":[{{Holder(_key, null, "Ola")}},{{Holder(_karis, Kari, "Kari")}}]}"""), Ola, persons);
        Assert.Equal([Ola, Kari], persons.Order());
        persons.Clear();
        SealedJson.AddPersons(Some.Bytes("""{"name":"Ola"}"""), Ola, persons);
        Assert.Empty(persons);
    }

    [Fact]
    public void A_box_of_one_person_does_not_open_with_the_key_of_another() =>
        Assert.Throws<InvalidDataException>(() => Opened(Some.Bytes(Holder(_karis, Kari, "Kari")), new() { [Kari] = _key }));

    [Fact]
    public void A_value_that_looks_sealed_is_a_value()
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { note = "\"personal\":{\"sealed\":\"AA==\"}" });
        Assert.False(SealedJson.Holds(json));
    }

    private static ReadOnlyMemory<byte> Opened(byte[] json, Dictionary<Guid, PersonKey> keys) => SealedJson.Open(json, Ola, keys, Event);

    // With a readable member before the box.
    private static string Holder(PersonKey key, Guid? person, string name) =>
        Some.Text(Stores.People.Sealed(name, key, Event, person))
            .Replace("{\"personal\"", "{\"level\":2,\"personal\"", StringComparison.Ordinal);
}
