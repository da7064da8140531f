namespace Tms.EventStore.Tests.Values;

/// <summary>Where the sweep of a set of types begins that nobody swept for yet.</summary>
public sealed class ReactorBeginTests
{
    private static readonly ReactorSet A = Set(("A", 1));
    private static readonly ReactorSet Ab = Set(("A", 1), ("B", 1));
    private static readonly ReactorSet Abc = Set(("A", 1), ("B", 1), ("C", 1));
    private readonly Dictionary<string, IReadOnlyDictionary<int, GlobalPosition>> _swept = [];

    [Fact]
    public void What_another_set_has_not_come_to_is_not_passed_over()
    {
        Swept(A, 1000);
        Swept(Ab, 500);
        Assert.Equal(500, Begin(Abc, [A, Ab]));
    }

    [Fact]
    public void The_furthest_of_those_that_look_for_a_type_counts()
    {
        Swept(A, 100);
        Swept(Ab, 900);
        Assert.Equal(900, Begin(Set(("A", 1)), [A, Ab]));
    }

    [Fact]
    public void A_raised_version_is_no_new_type()
    {
        Swept(Ab, 500);
        Assert.Equal(500, Begin(Set(("A", 1), ("B", 2)), [Ab]));
    }

    [Fact]
    public void A_program_that_reads_less_was_swept_for_what_it_reads()
    {
        var newer = Set(("A", 2));
        Swept(newer, 700);
        Swept(A, 300);
        Assert.Equal(700, Begin(Set(("A", 1), ("D", 1)), [newer, A]));
    }

    [Theory]
    [InlineData(false, 2000)]
    [InlineData(true, 0)]
    public void A_new_type_begins_at_the_end_unless_its_past_is_wanted(bool history, long begin)
    {
        Assert.Equal(begin, Begin(A, [], history));
        Swept(A, 2000);
        Assert.Equal(begin, Begin(Ab, [A], history));
    }

    [Fact]
    public void A_set_that_was_never_swept_begins_at_the_start() => Assert.Equal(0, Begin(Abc, [Ab]));

    [Fact]
    public void Each_partition_has_its_own() => Assert.Equal(
        new Dictionary<int, GlobalPosition> { [1] = new(7), [2] = new(9) },
        ReactorBegin.Of(A, [], _swept, new Dictionary<int, GlobalPosition> { [1] = new(7), [2] = new(9) }, history: false));

    private static ReactorSet Set(params (string, int)[] types) => ReactorSet.Of("r", types);

    private void Swept(ReactorSet set, long position) => _swept[set.Cursor] = new Dictionary<int, GlobalPosition> { [4] = new(position) };

    private long Begin(ReactorSet set, ReactorSet[] known, bool history = false) =>
        ReactorBegin.Of(set, known, _swept, new Dictionary<int, GlobalPosition> { [4] = new(2000) }, history)[4].Value;
}
