using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Invoices;

/// <summary>The events of invoices by stable name: whoever may read invoices sees them.</summary>
internal static class InvoiceEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        Type("INVOICE_CREATED", InvoiceJson.Default.InvoiceCreated).AlsoReads(2, RepeatInTotals),
        Type("INVOICE_UPDATED", InvoiceJson.Default.InvoiceUpdated),
        Type("INVOICE_SENT", InvoiceJson.Default.InvoiceSent),
        Type("INVOICE_PARTIALLY_PAID", InvoiceJson.Default.InvoicePartiallyPaid),
        Type("INVOICE_PAID", InvoiceJson.Default.InvoicePaid),
        Type("INVOICE_PAYMENT_REVERSED", InvoiceJson.Default.InvoicePaymentReversed),
        Type("INVOICE_CANCELLED", InvoiceJson.Default.InvoiceCancelled),
        Type("INVOICE_OVERDUE", InvoiceJson.Default.InvoiceOverdue),
    ];

    /// <summary>Version 2 says once, in the input, what was paid before and how the sum is rounded.</summary>
    private static JsonObject RepeatInTotals(JsonObject next)
    {
        var (input, totals) = (next["input"]!, next["totals"]!);
        totals["prepaid"] = input["prepaid"]!.DeepClone();
        totals["payableRounding"] = input["payableRounding"]!.DeepClone();
        return next;
    }

    private static EventType<T> Type<T>(string name, JsonTypeInfo<T> json)
        where T : InvoiceEvent =>
        EventType.Of(name, 1, json).VisibleTo(Permission.EconomyRead, static e => InvoicePayload.Of(e), InvoiceJson.Default.InvoicePayload);
}
