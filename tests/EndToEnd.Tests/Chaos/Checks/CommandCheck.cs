using System.Text.Json;
using Tms.EndToEnd.Tests.Chaos.Work;

namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>
/// What was accepted is in the log once, what is unknown at most once, what was refused never, and nothing else is there.
/// </summary>
internal static class CommandCheck
{
    public static IEnumerable<string> Faults(IReadOnlyList<Asked> history, IReadOnlyList<Logged> log)
    {
        var sends = history.Where(asked => asked.Deed == Deed.Send).ToDictionary(asked => asked.Invoice!.Value, asked => asked.Key);
        var written = log.ToLookup(e => e.Type == "INVOICE_SENT" ? sends.GetValueOrDefault(e.Invoice) : e.Key);
        var known = history.Select(asked => asked.Key).ToHashSet();
        return history.SelectMany(asked => Of(asked, [.. written[asked.Key]]))
            .Concat(log.Where(e => !Belongs(e, sends, known)).Select(e => $"nobody asked for {e}"));
    }

    private static bool Belongs(Logged e, Dictionary<Guid, string> sends, HashSet<string> known) =>
        e.Type == "INVOICE_SENT" ? sends.ContainsKey(e.Invoice) : e.Key is { } key && known.Contains(key);

    private static IEnumerable<string> Of(Asked asked, Logged[] events)
    {
        if (asked.Attempts.FirstOrDefault(a => a.Status is 500) is { } broken) yield return $"answered with 500: {asked} {broken.Body}";
        if (asked.Outcome == Outcome.Refused && asked.Last.Status != 409) yield return $"refused for no reason: {asked} {asked.Last.Body}";
        if (events.Length > 1) yield return $"done {events.Length} times: {asked}";
        if (events.Length == 0 && asked.Outcome == Outcome.Accepted) yield return $"accepted and lost: {asked}";
        if (events.Length > 0 && asked.Outcome == Outcome.Refused) yield return $"refused and done: {asked} {asked.Last.Body}";
        if (events.Length > 0 && !Fits(asked, events[0])) yield return $"wrote something else: {asked} {events[0]}";
        if (events.Length > 0 && asked.Outcome == Outcome.Accepted && Said(asked) != (events[0].Invoice, events[0].Version))
        {
            yield return $"answered otherwise than it is: {asked} {events[0]} {asked.Last.Body}";
        }
    }

    private static bool Fits(Asked asked, Logged e) =>
        e.Company == asked.Company && (asked.Invoice ?? e.Invoice) == e.Invoice && e.Type switch
        {
            "INVOICE_CREATED" => asked.Deed == Deed.Create,
            "INVOICE_SENT" => asked.Deed == Deed.Send,
            "INVOICE_PAID" or "INVOICE_PARTIALLY_PAID" => asked.Deed == Deed.Pay,
            "INVOICE_CANCELLED" => asked.Deed == Deed.Cancel,
            _ => false,
        };

    private static (Guid Invoice, int Version) Said(Asked asked)
    {
        using var document = JsonDocument.Parse(asked.Last.Body);
        return (document.RootElement.GetProperty("id").GetGuid(), document.RootElement.GetProperty("version").GetInt32());
    }
}
