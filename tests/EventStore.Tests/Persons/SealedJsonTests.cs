using Tms.EventStore.Persons;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Persons;

public sealed class SealedJsonTests
{
    // As the first release wrote it: it must open for as long as there are logs.
    private const string Recorded =
        """{"companyId":"018f0000-0000-7000-8000-00000000c001","role":"BRUKER","personal":{"sealed":"ZGVmZ2hpamtsbW5v3bIBbKtHd0V/bfPIOiHcvDM5uwsYgDq8BEAwhLtLBJIwpmtr5QKzF9+wwTiXxosm+8ts4ip76XeJvRlSmGDw7VQ3+cUMaC1JiYXit4Lkh7AqwrR8siZaa+VNkA=="}}""";

    private static readonly Guid Event = new("018f0000-0000-7000-8000-00000000e001");
    private static readonly HashSet<string> Members = ["email", "firstName", "address"];
    private readonly PersonKey _key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public void Personal_members_are_sealed_together_and_the_rest_stays_readable()
    {
        var json = Some.Bytes("""{"role":"BRUKER","email":"ola@example.no","version":3,"address":{"city":"Oslo"}}""");
        var stored = SealedJson.Seal(json, Members, _key, Event);
        Assert.StartsWith("""{"role":"BRUKER","version":3,"personal":{"sealed":""", Some.Text(stored), StringComparison.Ordinal);
        Assert.True(SealedJson.Holds(stored));
        Assert.Equal("""{"role":"BRUKER","version":3,"email":"ola@example.no","address":{"city":"Oslo"}}""", Some.Text(SealedJson.Open(stored, _key, Event)));
    }

    [Fact]
    public void An_event_as_the_first_release_sealed_it_opens() => Assert.Equal(
        """{"companyId":"018f0000-0000-7000-8000-00000000c001","role":"BRUKER","email":"ola.nordmann@example.no","firstName":"Ola","lastName":"Nordmann"}""",
        Some.Text(SealedJson.Open(Some.Bytes(Recorded), _key, Event)));

    [Theory]
    [InlineData("""{"role":"BRUKER"}""")]
    [InlineData("""{"role":"BRUKER","email":"ola@example.no"}""")]
    public void What_was_never_sealed_is_read_as_it_stands(string json)
    {
        Assert.False(SealedJson.Holds(Some.Bytes(json)));
        Assert.Equal(json, Some.Text(SealedJson.Open(Some.Bytes(json), _key, Event)));
    }

    [Fact]
    public void An_event_without_any_of_the_members_stays_as_it_is() =>
        Assert.Equal("""{"role":"BRUKER"}""", Some.Text(SealedJson.Seal(Some.Bytes("""{"role":"BRUKER"}"""), Members, _key, Event)));

    [Fact]
    public void A_value_that_looks_sealed_is_a_value()
    {
        var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { note = "\"personal\":{\"sealed\":\"AA==\"}" });
        Assert.False(SealedJson.Holds(json));
    }
}
