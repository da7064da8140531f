namespace Tms.EventStore.Lanes;

/// <summary>Plans a batch unit by unit; one whose own code fails is answered for itself.</summary>
internal static class BatchAnswers
{
    public static UnitAnswer[] Of(IReadOnlyList<AppendUnit> units, BatchPlanner planner)
    {
        var answers = new UnitAnswer[units.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            try
            {
                answers[i] = new(planner.Add(units[i]), null);
            }
            catch (UnitRejectedException e)
            {
                answers[i] = new(null, e);
            }
        }

        return answers;
    }
}
