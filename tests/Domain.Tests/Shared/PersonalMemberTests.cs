using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Shared;

public sealed partial class PersonalMemberTests
{
    private const string Sealed = "\"personal\":{\"sealed\":\"AAAA\"}";

    [Fact]
    public void The_marked_members_of_an_event_are_known_by_their_json_names() =>
        Assert.Equal(["email", "firstName", "lastName"], TmsEvents.Catalog.Find("USER_REGISTERED")!.PersonalMembers.Order());

    [Fact]
    public void Events_that_tell_of_no_person_have_none()
    {
        Assert.Empty(TmsEvents.Catalog.Find("INVOICE_SENT")!.PersonalMembers);
        Assert.True(TmsEvents.Catalog.TellsOfPersons(typeof(UserEvent)));
        Assert.False(TmsEvents.Catalog.TellsOfPersons(typeof(Domain.Invoices.InvoiceEvent)));
    }

    [Fact]
    public void Of_a_person_whose_key_is_gone_texts_are_empty_and_other_values_null()
    {
        var registered = Assert.IsType<UserRegistered>(Read("USER_REGISTERED", $$"""{"role":"BRUKER",{{Sealed}}}"""));
        Assert.Equal(new UserRegistered(null, Role.Bruker, "", "", ""), registered);
        Assert.Equal(new UserUpdated("", "", null, null), Read("USER_UPDATED", $$"""{{{Sealed}}}"""));
    }

    [Fact]
    public void Every_type_that_tells_of_a_person_can_be_read_without_it_and_shown()
    {
        foreach (var type in TmsEvents.Catalog.Personal)
        {
            var whole = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "RecordedEvents", $"{type.Name}.v{type.SchemaVersion}.json"))).RootElement;
            var left = string.Join(',', whole.EnumerateObject().Where(m => !type.PersonalMembers.Contains(m.Name)).Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}").Append(Sealed));
            var e = type.Decode(Encoding.UTF8.GetBytes($"{{{left}}}"), type.SchemaVersion);
            Assert.DoesNotContain(whole.EnumerateObject().Where(m => type.PersonalMembers.Contains(m.Name) && m.Value.ValueKind == JsonValueKind.String),
                m => Encoding.UTF8.GetString(type.Encode(e)).Contains(m.Value.GetString()!, StringComparison.Ordinal));
            Assert.NotEmpty(type.PublicPayload(e));
        }
    }

    [Fact]
    public void A_member_that_can_be_neither_empty_nor_null_cannot_be_personal() =>
        Assert.Throws<ArgumentException>(() => EventType.Of("X_BORN", 1, PersonalJson.Default.Born));

    [Fact]
    public void The_name_of_what_is_sealed_is_taken() =>
        Assert.Throws<ArgumentException>(() => EventType.Of("X_NAMED", 1, PersonalJson.Default.Taken));

    [Fact]
    public void A_mark_below_the_first_level_is_refused_for_nothing_would_seal_it()
    {
        Assert.Contains("Child.Name", Assert.Throws<ArgumentException>(() => EventType.Of("X_HIRED", 1, PersonalJson.Default.Hired)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => EventType.Of("X_LISTED", 1, PersonalJson.Default.Listed));
    }

    [Fact]
    public void A_member_that_is_marked_as_a_whole_may_hold_marked_ones() =>
        Assert.Equal(["child"], EventType.Of("X_KNOWN", 1, PersonalJson.Default.Known).PersonalMembers);

    private static object Read(string type, string json) => TmsEvents.Catalog.Decode(type, 1, Encoding.UTF8.GetBytes(json));

    public sealed record Born([property: PersonalData] DateOnly Day);

    public sealed record Taken(string Personal);

    public sealed record Child([property: PersonalData] string Name);

    public sealed record Family(IReadOnlyDictionary<string, Child[]> Children);

    public sealed record Hired(Child Child);

    public sealed record Listed(IReadOnlyList<Family> Families);

    public sealed record Known([property: PersonalData] Child? Child);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Born))]
    [JsonSerializable(typeof(Taken))]
    [JsonSerializable(typeof(Hired))]
    [JsonSerializable(typeof(Listed))]
    [JsonSerializable(typeof(Known))]
    private sealed partial class PersonalJson : JsonSerializerContext;
}
