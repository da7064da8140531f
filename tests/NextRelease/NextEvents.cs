using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.NextRelease;

/// <summary>The events of the next release: INVOICE_CREATED is written as version 2, which today's release reads.</summary>
internal static class NextEvents
{
    private static readonly JsonSerializerOptions Options = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    private static readonly EventType Today = TmsEvents.Catalog.Find("INVOICE_CREATED")!;

    public static EventCatalog Catalog { get; } = new(TmsEvents.Catalog.All.Select(t => t == Today ? Created : t));

    private static EventType<InvoiceCreated> Created => EventType
        .Of("INVOICE_CREATED", 2, JsonMetadataServices.CreateValueInfo<InvoiceCreated>(Options, new CreatedJson()))
        .Upcast(1, WithoutRepetition)
        .VisibleTo(
            Permission.EconomyRead, PublicPayload,
            JsonMetadataServices.CreateValueInfo<JsonElement>(Options, JsonMetadataServices.JsonElementConverter));

    private static JsonElement PublicPayload(InvoiceCreated e)
    {
        using var payload = JsonDocument.Parse(Today.PublicPayload(e));
        return payload.RootElement.Clone();
    }

    private static JsonObject WithoutRepetition(JsonObject today)
    {
        var totals = today["totals"]!.AsObject();
        totals.Remove("prepaid");
        totals.Remove("payableRounding");
        return today;
    }

    private sealed class CreatedJson : JsonConverter<InvoiceCreated>
    {
        public override InvoiceCreated Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (InvoiceCreated)Today.Decode(JsonSerializer.SerializeToUtf8Bytes(JsonNode.Parse(ref reader)), 2);

        public override void Write(Utf8JsonWriter writer, InvoiceCreated value, JsonSerializerOptions options) =>
            WithoutRepetition(JsonNode.Parse(Today.Encode(value))!.AsObject()).WriteTo(writer);
    }
}
