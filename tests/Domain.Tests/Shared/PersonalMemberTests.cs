using System.Text;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Shared;

public sealed class PersonalMemberTests
{
    private const string Sealed = "\"personal\":{\"sealed\":\"AAAA\"}";

    [Fact]
    public void The_marked_members_of_an_event_are_known_by_their_json_names() =>
        Assert.Equal(["email", "firstName", "lastName"], TmsEvents.Catalog.Find("USER_REGISTERED")!.Persons.Marked.Order());

    [Fact]
    public void Events_that_tell_of_no_person_have_none()
    {
        Assert.False(TmsEvents.Catalog.Find("INVOICE_SENT")!.Persons.HasMarked);
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
            var whole = JsonDocument.Parse(File.ReadAllText(
                Path.Combine(AppContext.BaseDirectory, "RecordedEvents", $"{type.Name}.v{type.SchemaVersion}.json"))).RootElement;
            var left = string.Join(
                ',',
                whole.EnumerateObject().Where(m => !type.Persons.Marked.Contains(m.Name))
                    .Select(m => $"\"{m.Name}\":{m.Value.GetRawText()}").Append(Sealed));
            var e = type.Decode(Encoding.UTF8.GetBytes($"{{{left}}}"), type.SchemaVersion);
            Assert.DoesNotContain(
                whole.EnumerateObject().Where(m => type.Persons.Marked.Contains(m.Name) && m.Value.ValueKind == JsonValueKind.String),
                m => Encoding.UTF8.GetString(type.Encode(e)).Contains(m.Value.GetString()!, StringComparison.Ordinal));
            Assert.NotEmpty(type.PublicPayload(e));
        }
    }

    private static object Read(string type, string json) => TmsEvents.Catalog.Decode(type, 1, Encoding.UTF8.GetBytes(json));
}
