using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>Where an invoice is on its way. On the wire in snake_case.</summary>
[JsonConverter(typeof(EnumConverter<InvoiceStatus>))]
public enum InvoiceStatus
{
    /// <summary>May still be changed; has no number.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>Has its number; nothing is paid.</summary>
    [JsonStringEnumMemberName("sent")]
    Sent,

    /// <summary>Some of it is paid.</summary>
    [JsonStringEnumMemberName("partially_paid")]
    PartiallyPaid,

    /// <summary>Nothing is outstanding.</summary>
    [JsonStringEnumMemberName("paid")]
    Paid,

    /// <summary>A draft that was given up.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>Credited in full.</summary>
    [JsonStringEnumMemberName("credited")]
    Credited,
}
