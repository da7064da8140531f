using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tms.Api.Realtime;
using Tms.Api.Tests.Realtime;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Tests.Documents;

/// <summary>Everything that the hub and the events promise, as lines that a reviewer reads.</summary>
internal static class LiveFace
{
    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static readonly JsonSchemaExporterOptions Exported = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Words,
    };

    // What a method takes: the hub reads its arguments itself, and strictly.
    private static readonly Dictionary<string, IEnumerable<string>> Arguments = new()
    {
        ["Subscribe"] = Members(typeof(ChannelRequest)),
        ["Unsubscribe"] = Members(typeof(ChannelRequest)).Where(member => member.StartsWith("channels", StringComparison.Ordinal)),
        ["RefreshToken"] = ["token*: string"],
    };

    private static readonly Dictionary<string, IEnumerable<string>> Messages = new()
    {
        [LiveMessage.Connected] = Members(typeof(ConnectedMessage)),
        [LiveMessage.Error] = Members(typeof(ErrorMessage)),
        [LiveMessage.Event] = Envelope(),
        [LiveMessage.Progress] = Members(typeof(PositionMessage)),
        [LiveMessage.Resync] = Members(typeof(PositionMessage)),
    };

    /// <summary>The lines.</summary>
    public static string Text()
    {
        var text = new StringBuilder();
        foreach (var (method, permission) in HubPermissions.All.OrderBy(one => one.Method, StringComparer.Ordinal))
            Append(text, $"call {method}", [$"needs {permission}", .. Arguments[method]]);
        foreach (var name in Constants(typeof(LiveMessage)).Order(StringComparer.Ordinal)) Append(text, $"message {name}", Messages[name]);
        Append(text, "close", Closes().Order(StringComparer.Ordinal));
        foreach (var type in TmsEvents.Catalog.All.OrderBy(type => type.Name, StringComparer.Ordinal))
            Append(text, $"event {type.Name} {type.SchemaVersion}", Event(type));
        return text.ToString();
    }

    private static IEnumerable<string> Event(EventType type)
    {
        if (type.Audience is null) return ["seen by nobody"];
        string[] said = LegacyEventNames.For(type.Name) is { } old ? [$"seen by {type.Audience}", $"also as {old}"]
            : [$"seen by {type.Audience}"];
        return [.. said, .. ShapeText.Members(JsonSerializer.SerializeToElement(type.Payload!.GetJsonSchemaAsNode(Exported)))];
    }

    private static IEnumerable<string> Members(Type type) =>
        ShapeText.Members(JsonSerializer.SerializeToElement(Wire.GetJsonSchemaAsNode(type, Exported)));

    private static IEnumerable<string> Constants(Type type) => type.GetFields().Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!);

    private static IEnumerable<string> Closes() => typeof(CloseReason).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (CloseReason)field.GetValue(null)!)
        .Select(reason => $"{reason.Code}{(reason.MayReconnect ? ", connect again" : "")}");

    // As it is written: all that may be left out is there in the second one.
    private static IEnumerable<string> Envelope()
    {
        var always = Sent(new("a", "c", Guid.Empty), []).Select(member => member.Name).ToHashSet();
        return Sent(new("a", "c", Guid.Empty, Guid.Empty, "t"), new byte[32]).OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}{(always.Contains(member.Name) ? "*" : "")}: {Kind(member.Value)}");
    }

    private static IEnumerable<JsonProperty> Sent(EventMetadata metadata, byte[] hash)
    {
        var type = TestEvents.Catalog.Find("INVOICE_SENT")!;
        var e = new DeliveredEvent(
            default, 1, "invoices", default, 1, default, type.Name, 1, 0, type.Encode(new InvoiceSent(1, "")), metadata.Encode());
        return JsonElement.Parse(EventEnvelope.Encode(e, type, hash)).EnumerateObject();
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.TryGetGuid(out _) => "uuid",
        JsonValueKind.String when value.TryGetDateTime(out _) => "date-time",
        JsonValueKind.Number => "integer",
        JsonValueKind.Object => "the event's payload",
        _ => "string",
    };

    // Converters of ours tell the exporter nothing, and a member with a default hides what is told of its type.
    private static JsonNode Words(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (WordsOf(context.TypeInfo.Type, context.TypeInfo.Options) is { } words) return words;
        if (schema["properties"] is not JsonObject members) return schema;
        foreach (var member in context.TypeInfo.Properties)
        {
            if (WordsOf(member.PropertyType, member.Options) is { } choice) members[member.Name] = choice;
        }

        return schema;
    }

    private static JsonObject? WordsOf(Type type, JsonSerializerOptions options)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) is not { IsEnum: true } words) return null;
        var all = Enum.GetValues(words).Cast<object>().Select(word => JsonSerializer.SerializeToNode(word, words, options));
        return new() { ["enum"] = new JsonArray([.. all, .. type == words ? Array.Empty<JsonNode?>() : [null]]) };
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append(title).Append('\n');
        foreach (var line in lines) text.Append("    ").Append(line).Append('\n');
        text.Append('\n');
    }
}
