using Tms.EndToEnd.Tests.Chaos.Work;

namespace Tms.EndToEnd.Tests.Chaos.Checks;

/// <summary>Who may see everything saw every position once and in order, over all connections, up to the end of the log.</summary>
internal static class SpectatorCheck
{
    /// <param name="seen">What the spectators saw.</param>
    /// <param name="heads">Where each company's log ends.</param>
    public static IEnumerable<string> Faults(IEnumerable<Seen> seen, IReadOnlyDictionary<Guid, long> heads) =>
        seen.SelectMany(one => Of(one, heads[one.Company]));

    private static IEnumerable<string> Of(Seen seen, long head)
    {
        if (seen.Sittings.Any(sitting => sitting.Resynced)) yield return $"{seen.Who}: was told to start anew";
        if (seen.Sittings.IsEmpty)
        {
            yield return $"{seen.Who}: saw nothing";
            yield break;
        }

        var due = seen.Sittings[0].From + 1;
        foreach (var position in seen.Sittings.SelectMany(sitting => sitting.Positions))
        {
            if (position != due) yield return $"{seen.Who}: {due} was due, {position} came";
            due = position + 1;
        }

        if (due != head + 1) yield return $"{seen.Who}: ended at {due - 1}, the log at {head}";
    }
}
