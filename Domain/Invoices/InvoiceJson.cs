using System.Text.Json.Serialization;

namespace Tms.Domain.Invoices;

/// <summary>JSON of stored events, public payloads and snapshots of invoices.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Invoice))]
[JsonSerializable(typeof(InvoicePayload))]
[JsonSerializable(typeof(InvoiceCreated))]
[JsonSerializable(typeof(InvoiceUpdated))]
[JsonSerializable(typeof(InvoiceSent))]
[JsonSerializable(typeof(InvoicePartiallyPaid))]
[JsonSerializable(typeof(InvoicePaid))]
[JsonSerializable(typeof(InvoicePaymentReversed))]
[JsonSerializable(typeof(InvoiceCancelled))]
[JsonSerializable(typeof(InvoiceOverdue))]
internal sealed partial class InvoiceJson : JsonSerializerContext;
