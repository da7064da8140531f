using System.Text.Json;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>An event of an invoice, as far as the checks look at it.</summary>
/// <param name="Company">Whose.</param>
/// <param name="Sequence">The company's count.</param>
/// <param name="Invoice">Of which invoice.</param>
/// <param name="Version">The invoice's version right after.</param>
/// <param name="Type">Name on the wire.</param>
internal sealed record Logged(Guid Company, long Sequence, Guid Invoice, int Version, string Type)
{
    /// <summary>The key of the command that wrote it, where it carries it: everywhere but on INVOICE_SENT.</summary>
    public string? Key { get; init; }

    /// <summary>The invoice's number, once it has one.</summary>
    public long? Number { get; init; }

    /// <summary>The payment that it notes.</summary>
    public decimal Payment { get; init; }

    /// <summary>To be paid in all.</summary>
    public decimal Payable { get; init; }

    /// <summary>Paid so far, as the event says.</summary>
    public decimal Paid { get; init; }

    /// <summary>Still to be paid, as the event says.</summary>
    public decimal Outstanding { get; init; }

    /// <summary>The invoices' part of a company's log.</summary>
    public static IReadOnlyList<Logged> Of(IEnumerable<RecordedEvent> log) =>
        [.. log.Where(e => e.Type.StartsWith("INVOICE_", StringComparison.Ordinal)).Select(Read)];

    private static Logged Read(RecordedEvent e)
    {
        using var document = JsonDocument.Parse(e.Data);
        var data = document.RootElement;
        var summary = data.GetProperty("summary");
        var totals = summary.GetProperty("totals");
        return new Logged(e.Tenant.Value, e.Sequence.Value, e.Stream.Id, e.Version.Value, e.Type)
        {
            Key = KeyOf(e.Type, data),
            Number = summary.TryGetProperty("number", out var number) ? number.GetInt64() : null,
            Payment = data.TryGetProperty("payment", out var payment) ? payment.GetProperty("amount").GetDecimal() : 0,
            Payable = totals.GetProperty("payable").GetDecimal(),
            Paid = totals.GetProperty("paid").GetDecimal(),
            Outstanding = totals.GetProperty("outstanding").GetDecimal(),
        };
    }

    private static string? KeyOf(string type, JsonElement data) => type switch
    {
        "INVOICE_CREATED" => data.GetProperty("input").GetProperty("reference").GetString(),
        "INVOICE_PAID" or "INVOICE_PARTIALLY_PAID" => data.GetProperty("payment").GetProperty("reference").GetString(),
        "INVOICE_CANCELLED" => data.GetProperty("reason").GetString(),
        _ => null,
    };
}
