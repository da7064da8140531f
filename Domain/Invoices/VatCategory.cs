using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>VAT categories of EN 16931 (UNCL 5305) that Norwegian invoices use.</summary>
[JsonConverter(typeof(EnumConverter<VatCategory>))]
public enum VatCategory
{
    /// <summary>Standard and reduced rates: above 0.</summary>
    [JsonStringEnumMemberName("S")]
    S,

    /// <summary>Zero-rated, with the right to deduct (fritatt).</summary>
    [JsonStringEnumMemberName("Z")]
    Z,

    /// <summary>Outside the VAT act (unntatt).</summary>
    [JsonStringEnumMemberName("E")]
    E,

    /// <summary>Export.</summary>
    [JsonStringEnumMemberName("G")]
    G,

    /// <summary>Reverse charge.</summary>
    [JsonStringEnumMemberName("AE")]
    AE,

    /// <summary>No VAT treatment: the seller is not registered. Never beside another category on one invoice.</summary>
    [JsonStringEnumMemberName("O")]
    O,
}
