using System.Text;
using System.Text.Json;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>The folder of events as they were stored: it only grows.</summary>
public sealed class RecordedEventsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RecordedEvents");

    // What nodes follow, and what is between one person and the system.
    private static readonly string[] ForNobody =
    [
        "SESSION_ENDED", "USER_ACCESS_CHANGED", "COMPANY_ACCESS_CHANGED", "API_KEY_ENDED", "SIGNING_KEY_WITHDRAWN",
        "USER_PASSWORD_RESET_REQUESTED", "USER_EMAIL_CHANGE_REQUESTED", "USER_RECOVERY_CODE_USED",
    ];

    // Their name says it all.
    private static readonly string[] WithoutPayload =
    [
        "USER_PASSWORD_CHANGED", "USER_SECOND_FACTOR_ENABLED", "USER_SECOND_FACTOR_DISABLED", "USER_ERASED", "USER_SESSIONS_ENDED",
        "INVITATION_ACCEPTED", "INVITATION_WITHDRAWN", "API_KEY_REVOKED",
    ];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order()];

    public static TheoryData<string> Names => [.. TmsEvents.Catalog.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_recorded_event_is_read_and_written_as_today(string file)
    {
        var (type, schema, bytes) = Read(file);
        var e = TmsEvents.Catalog.Decode(type.Name, schema, bytes);
        Assert.IsType(type.Type, e);
        if (schema == type.SchemaVersion) Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(type.Encode(e)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_event_type_is_recorded_as_it_is_written_today(string name) =>
        Assert.True(
            File.Exists(Path.Combine(Folder, $"{name}.v{TmsEvents.Catalog.Find(name)!.SchemaVersion}.json")), $"{name} is not recorded");

    [Fact]
    public void An_event_of_the_next_release_says_what_it_says_today() =>
        Assert.Equal(
            Encoding.UTF8.GetString(TodayOf("INVOICE_CREATED.v1.json")), Encoding.UTF8.GetString(TodayOf("INVOICE_CREATED.v2.json")));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_schema_that_is_read_is_recorded(string name) =>
        Assert.True(File.Exists(Path.Combine(Folder, $"{name}.v{TmsEvents.Catalog.Find(name)!.Reads}.json")), $"{name} is not recorded");

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_event_has_an_audience_and_a_public_payload(string file)
    {
        var (type, schema, bytes) = Read(file);
        Assert.Equal(ForNobody.Contains(type.Name), type.Audience is null);
        if (type.Audience is null) return;
        using var payload = JsonDocument.Parse(type.PublicPayload(type.Decode(bytes, schema)));
        Assert.Equal(WithoutPayload.Contains(type.Name), !payload.RootElement.EnumerateObject().Any());
        Assert.DoesNotContain(payload.RootElement.EnumerateObject(), p => p.Value.ValueKind == JsonValueKind.Null);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_newer_schema_than_this_programs_is_refused(string name) =>
        Assert.Throws<NewerEventException>(() => TmsEvents.Catalog.Decode(name, TmsEvents.Catalog.Find(name)!.Reads + 1, "{}"u8));

    [Fact]
    public void A_type_that_this_program_does_not_know_is_refused() =>
        Assert.Throws<NewerEventException>(() => TmsEvents.Catalog.Decode("INVOICE_OF_TOMORROW", 1, "{}"u8));

    [Fact]
    public void Names_are_in_screaming_snake() =>
        Assert.All(TmsEvents.Catalog.All, type => Assert.Matches("^[A-Z]+(_[A-Z]+)+$", type.Name));

    private static byte[] TodayOf(string file)
    {
        var (type, schema, bytes) = Read(file);
        return type.Encode(type.Decode(bytes, schema));
    }

    private static (EventType Type, int Schema, byte[] Bytes) Read(string file)
    {
        var parts = file.Split('.');
        var type = TmsEvents.Catalog.Find(parts[0]);
        Assert.NotNull(type);
        var text = File.ReadAllText(Path.Combine(Folder, file)).TrimEnd('\n');
        return (type, int.Parse(parts[1][1..], System.Globalization.CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(text));
    }
}
