namespace Tms.EventStore.Tests.Values;

public sealed class ReactorPlaceTests
{
    private static readonly ReactorSet Older = ReactorSet.Of("r", [("A", 1), ("B", 1)]);
    private static readonly ReactorSet Newer = ReactorSet.Of("r", [("A", 1), ("B", 2), ("C", 1)]);

    [Fact]
    public void A_set_with_other_types_or_versions_has_cursors_of_its_own()
    {
        Assert.Equal(Older.Cursor, ReactorSet.Of("r", [("B", 1), ("A", 1)]).Cursor);
        Assert.Equal(
            4,
            new[] { Older, Newer, ReactorSet.Of("r", [("A", 2), ("B", 1)]), ReactorSet.Of("s", [("A", 1), ("B", 1)]) }.DistinctBy(
                s => s.Cursor).Count());
    }

    [Fact]
    public void What_an_older_release_walked_over_was_looked_at_for_its_own_types_only()
    {
        var place = new ReactorPlace([(Older, new(9)), (Newer, new(4))]);
        Assert.Equal((9, 4, 4), (place.LookedFor("A", 1).Value, place.LookedFor("B", 2).Value, place.LookedFor("C", 1).Value));
        Assert.Equal((4, 9), (place.Covered(Newer).Value, place.Covered(Older).Value));
        Assert.True(place.IsOpen(Newer, Event("C", 1, 7)));
        Assert.False(place.IsOpen(Newer, Event("A", 1, 7)));
    }

    [Fact]
    public void What_a_newer_release_handled_is_not_handled_again_by_an_older_one()
    {
        var place = new ReactorPlace([(Older, new(2)), (Newer, new(9))]);
        Assert.False(place.IsOpen(Older, Event("A", 1, 7)));
        Assert.True(place.IsOpen(Older, Event("A", 1, 10)));
    }

    [Fact]
    public void A_version_that_a_program_cannot_read_is_not_its_own()
    {
        var place = new ReactorPlace([(Older, new(0)), (Newer, new(0))]);
        Assert.False(place.IsOpen(Older, Event("B", 2, 7)));
        Assert.True(place.IsOpen(Newer, Event("B", 2, 7)));
    }

    [Fact]
    public void Events_at_and_before_the_start_of_their_type_are_left_alone()
    {
        var set = Older with { Types = new Dictionary<string, ReactorType> { ["A"] = new(1, new(100)) } };
        var place = new ReactorPlace([(set, new(0))]);
        Assert.False(place.IsOpen(set, Event("A", 1, 7, position: 100)));
        Assert.True(place.IsOpen(set, Event("A", 1, 8, position: 101)));
    }

    private static EventPlace Event(string type, short version, long sequence, long position = 1) =>
        new(new(Guid.CreateVersion7()), new(sequence), new(position), type, version);
}
