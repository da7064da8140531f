namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>A company's invoice numbers are 1, 2, 3 … in the order of commit.</summary>
internal static class NumberCheck
{
    public static IEnumerable<string> Faults(IReadOnlyList<Logged> log) =>
        log.Where(e => e.Type == "INVOICE_SENT").GroupBy(e => e.Company).SelectMany(OfCompany);

    private static IEnumerable<string> OfCompany(IEnumerable<Logged> sent) =>
        sent.OrderBy(e => e.Sequence).Select((e, i) => e.Number == i + 1 ? null : $"number {i + 1} was due: {e}").OfType<string>().Take(5);
}
