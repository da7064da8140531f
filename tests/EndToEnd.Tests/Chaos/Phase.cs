using Tms.EndToEnd.Tests.Chaos.Work;

namespace Tms.EndToEnd.Tests.Chaos;

/// <summary>What clients felt of one fault; times since the run began.</summary>
/// <param name="What">The fault.</param>
/// <param name="From">When it began.</param>
/// <param name="Until">When everything was well again and had been for a while.</param>
internal sealed record Phase(string What, TimeSpan From, TimeSpan Until)
{
    /// <summary>Commands that ended meanwhile, whose clients insisted, and which nevertheless have no answer.</summary>
    public int Failed(IEnumerable<Asked> history) => During(history).Count(asked => asked.Insists && asked.Outcome == Outcome.Unknown);

    /// <summary>From the fault until the last request that was not answered, or with something to try again.</summary>
    public TimeSpan Errors(IEnumerable<Asked> history) => history.SelectMany(asked => asked.Attempts)
        .Where(attempt => attempt.IsDoubtful && attempt.Ended > From && attempt.Ended < Until)
        .Select(attempt => attempt.Ended - From).DefaultIfEmpty().Max();

    /// <summary>The longest that a command took until it was answered.</summary>
    public TimeSpan LongestWait(IEnumerable<Asked> history) =>
        During(history).Where(asked => asked.Insists).Select(asked => asked.Last.Ended - asked.Attempts[0].Sent).DefaultIfEmpty().Max();

    /// <summary>The longest that an event took to a spectator.</summary>
    public TimeSpan LiveGap(IEnumerable<Seen> seen) =>
        seen.SelectMany(one => one.Late).Where(late => late.At > From && late.At < Until).Select(late => late.Lag).DefaultIfEmpty().Max();

    private IEnumerable<Asked> During(IEnumerable<Asked> history) =>
        history.Where(asked => asked.Last.Ended > From && asked.Last.Ended < Until);
}
