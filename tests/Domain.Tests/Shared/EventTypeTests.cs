using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Shared;

public sealed partial class EventTypeTests
{
    private static readonly EventType<Moved> Type = EventType.Of("MOVED", 3, TestJson.Default.Moved)
        .Upcast(1, old => new JsonObject { ["from"] = old["a"]!.DeepClone(), ["to"] = old["b"]!.DeepClone() })
        .Upcast(2, old => new JsonObject { ["from"] = old["from"]!.DeepClone(), ["to"] = old["to"]!.DeepClone(), ["by"] = "unknown" });

    [Theory]
    [InlineData(1, """{"a":"x","b":"y"}""", "unknown")]
    [InlineData(2, """{"from":"x","to":"y"}""", "unknown")]
    [InlineData(3, """{"from":"x","to":"y","by":"z"}""", "z")]
    public void Every_older_schema_is_lifted_step_by_step(int schema, string json, string by) =>
        Assert.Equal(new Moved("x", "y", by), Type.Decode(Encoding.UTF8.GetBytes(json), schema));

    [Fact]
    public void A_schema_that_never_was_is_refused() =>
        Assert.Throws<JsonException>(() => Type.Decode("""{"from":"x","to":"y","by":"z"}"""u8, 0));

    [Fact]
    public void A_schema_of_a_newer_release_is_refused_as_such() =>
        Assert.Throws<NewerEventException>(() => Type.Decode("""{"from":"x","to":"y","by":"z"}"""u8, 4));

    [Fact]
    public void A_type_that_the_next_release_writes_is_read_as_any_other()
    {
        var ahead = Type.NotYetWritten().VisibleTo(Permission.Audit, e => new MovedPayload(e.To), TestJson.Default.MovedPayload);
        Assert.Equal((true, false), (Type.IsWritten, ahead.IsWritten));
        Assert.Equal(new Moved("x", "y", "z"), ahead.Decode("""{"from":"x","to":"y","by":"z"}"""u8, 3));
    }

    [Fact]
    public void What_the_next_release_writes_is_lowered()
    {
        var today = Type.AlsoReads(
            4,
            next => new JsonObject
            {
                ["from"] = next["way"]![0]!.DeepClone(),
                ["to"] = next["way"]![1]!.DeepClone(),
                ["by"] = next["by"]!.DeepClone(),
            });
        Assert.Equal((3, 4, 3), (today.SchemaVersion, today.Reads, Type.Reads));
        Assert.Equal(new Moved("x", "y", "z"), today.Decode("""{"way":["x","y"],"by":"z"}"""u8, 4));
        Assert.Equal(new Moved("x", "y", "unknown"), today.Decode("""{"a":"x","b":"y"}"""u8, 1));
        Assert.Throws<NewerEventException>(() => today.Decode("{}"u8, 5));
    }

    [Fact]
    public void A_stored_null_is_refused() => Assert.Throws<JsonException>(() => Type.Decode("null"u8, 3));

    [Fact]
    public void Nobody_sees_an_event_before_somebody_says_who_may()
    {
        Assert.Null(Type.Audience);
        Assert.Equal("{}", Encoding.UTF8.GetString(Type.PublicPayload(new Moved("x", "y", "z"))));
    }

    [Fact]
    public void An_audience_sees_the_public_payload_only()
    {
        var visible = Type.VisibleTo(Permission.Audit, e => new MovedPayload(e.To), TestJson.Default.MovedPayload);
        Assert.Equal([Permission.Audit], visible.Audience!.Permissions);
        Assert.Equal("""{"to":"y"}""", Encoding.UTF8.GetString(visible.PublicPayload(new Moved("x", "y", "z"))));
        Assert.Equal(new Moved("x", "y", "unknown"), visible.Decode("""{"a":"x","b":"y"}"""u8, 1));
    }

    internal sealed record Moved(string From, string To, string By);

    internal sealed record MovedPayload(string To);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Moved))]
    [JsonSerializable(typeof(MovedPayload))]
    internal sealed partial class TestJson : JsonSerializerContext;
}
