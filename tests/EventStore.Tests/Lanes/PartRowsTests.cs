using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>What becomes of the rows of streams in a table of parts.</summary>
public sealed class PartRowsTests
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly Guid _stream = Guid.NewGuid();
    private readonly Guid _other = Guid.NewGuid();
    private readonly PartRows _rows = New();

    [Fact]
    public void A_row_that_goes_and_comes_again_is_there() => Holds("-a", "a=2", there: ["a 2"], gone: ["a"]);

    [Fact]
    public void A_row_that_comes_and_goes_is_gone() => Holds("a=2", "-a", gone: ["a"]);

    [Fact]
    public void The_last_of_two_rows_with_one_key_is_there_and_what_stood_there_goes_first() =>
        Holds("a=2", "a=3", there: ["a 3"], gone: ["a"]);

    [Fact]
    public void A_stream_that_is_emptied_keeps_nothing_of_what_came_before()
    {
        Holds("a=2", "-b", there: ["a 2"], gone: ["a", "b"]);
        Apply("*");
        Holds(emptied: true);
        Apply("a=1");
        Holds("-a", "c=4", there: ["c 4"], emptied: true);
    }

    [Fact]
    public void Streams_do_not_touch_each_other()
    {
        _rows.Put([Row(_other, "a", 7)]);
        Holds("a=2", "*", emptied: true, there: []);
        Assert.Equal([7L], _rows.Of(_tenant, _other).Select(r => r[3]));
    }

    [Fact]
    public void Steps_come_to_the_same_and_none_is_larger_than_asked_for()
    {
        Apply("*");
        foreach (var n in Enumerable.Range(0, 7)) Apply($"p{n}={n}");
        _rows.Put([Row(_other, "r", 1)]);
        foreach (var n in Enumerable.Range(0, 4)) _rows.Apply(_tenant, _other, PartChange.Remove(_tenant.Value, _other, $"q{n}"));
        var steps = _rows.Slices(3).Select(s => $"{s.Emptied.Count()} {s.Gone.Count()} {s.There.Count()}");
        Assert.Equal(["1 0 0", "0 3 0", "0 2 0", "0 0 3", "0 0 3", "0 0 2"], steps);
    }

    [Fact]
    public void What_is_taken_over_stands_in_the_place_of_what_was_known_of_its_streams()
    {
        _rows.Put([Row(_stream, "a", 1), Row(_other, "b", 2)]);
        var later = New();
        later.Put([Row(_stream, "c", 3)]);
        _rows.Take(later);
        Assert.Equal(["c"], _rows.Of(_tenant, _stream).Select(r => r[2]));
        Assert.Equal(["b"], _rows.Of(_tenant, _other).Select(r => r[2]));
        _rows.Forget(_tenant);
        Assert.Empty(_rows.There);
    }

    private static PartRows New() => new(new PointParts().Table);

    private void Holds(params string[] changes) => Array.ForEach(changes, Apply);

    private void Holds(string first, string then, string[]? there = null, string[]? gone = null, bool emptied = false)
    {
        Holds([first, then]);
        Holds(emptied, there, gone);
    }

    private void Holds(bool emptied, string[]? there = null, string[]? gone = null)
    {
        Assert.Equal(there ?? [], _rows.Of(_tenant, _stream).Select(r => $"{r[2]} {r[3]}"));
        Assert.Equal(gone ?? [], _rows.Gone.Where(r => Equals(r[1], _stream)).Select(r => (string)r[2]!));
        Assert.Equal(emptied ? [(_tenant, _stream)] : [], _rows.Emptied);
    }

    private void Apply(string change) => _rows.Apply(_tenant, _stream, change switch
    {
        "*" => PartChange.RemoveAll,
        ['-', .. var point] => PartChange.Remove(_tenant.Value, _stream, point),
        _ =>
            PartChange.Put(
                Row(_stream, change.Split('=')[0], long.Parse(change.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture))),
    });

    private object?[] Row(Guid stream, string point, long value) => [_tenant.Value, stream, point, value, null];
}
