namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>What each invoice's events say is paid and outstanding is what its payments add up to.</summary>
internal static class SumCheck
{
    public static IEnumerable<string> Faults(IReadOnlyList<Logged> log) => log.GroupBy(e => e.Invoice).SelectMany(OfInvoice);

    private static IEnumerable<string> OfInvoice(IEnumerable<Logged> events)
    {
        var (paid, version) = (0m, 0);
        foreach (var e in events.OrderBy(e => e.Version))
        {
            paid += e.Payment;
            version++;
            if (e.Version != version) yield return $"version {version} was due: {e}";
            var due = e.Type == "INVOICE_CANCELLED" ? 0 : e.Payable - paid;
            if (e.Paid != paid || e.Outstanding != due || due < 0) yield return $"{paid} is paid: {e}";
            if (e.Payment > 0 && (e.Type == "INVOICE_PAID") != (due == 0)) yield return $"paid or not: {e}";
        }
    }
}
