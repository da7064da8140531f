using System.Globalization;
using System.Text;
using Tms.EndToEnd.Tests.Chaos.Work;

namespace Tms.EndToEnd.Tests.Chaos;

/// <summary>What a run did, what it measured and what it found.</summary>
internal sealed record ChaosReport(int Seed, IReadOnlyList<Asked> History, IReadOnlyList<Seen> Seen, IReadOnlyList<Phase> Phases)
{
    /// <summary>Everything that must not be.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>The longest that any single request of a command was open.</summary>
    public TimeSpan LongestRequest =>
        History.SelectMany(asked => asked.Attempts).Select(attempt => attempt.Ended - attempt.Sent).DefaultIfEmpty().Max();

    public override string ToString()
    {
        var text = new StringBuilder();
        var (accepted, refused, unknown) = (Count(Outcome.Accepted), Count(Outcome.Refused), Count(Outcome.Unknown));
        Line(text, $"seed {Seed}: {History.Count} commands, {accepted} accepted, {refused} refused, {unknown} unknown; ");
        var events = Seen.Sum(seen => seen.Sittings.Sum(sitting => sitting.Positions.Length));
        Line(text, $"{events} events to {Seen.Count} spectators on {Seen.Sum(seen => seen.Sittings.Length)} connections");
        foreach (var phase in Phases)
        {
            var (errors, wait, gap) = (phase.Errors(History), phase.LongestWait(History), phase.LiveGap(Seen));
            Line(text, $"{phase.What}: errors for {errors.TotalSeconds:0.0} s, longest wait {wait.TotalSeconds:0.0} s, ");
            Line(text, $"live gap {gap.TotalSeconds:0.0} s, {phase.Failed(History)} failed");
        }

        Line(text, $"longest request {LongestRequest.TotalSeconds:0.0} s");
        Line(text, $"{Wrong.Count} faults found");
        foreach (var wrong in Wrong.Take(50)) Line(text, $"WRONG {wrong}");
        return text.ToString();
    }

    private int Count(Outcome outcome) => History.Count(asked => asked.Outcome == outcome);

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
