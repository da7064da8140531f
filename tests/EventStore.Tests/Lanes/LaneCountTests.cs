using Tms.EventStore.Lanes;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>How many lanes a silo has.</summary>
public sealed class LaneCountTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 4)]
    [InlineData(16, 8)]
    [InlineData(128, 8)]
    public void A_silo_has_a_lane_for_every_two_cores_and_eight_at_most(int cores, int lanes) =>
        Assert.Equal(lanes, LaneCount.Of(0, cores));

    [Theory]
    [InlineData(1, 64)]
    [InlineData(12, 2)]
    public void What_is_said_holds_whatever_the_cores(int said, int cores) => Assert.Equal(said, LaneCount.Of(said, cores));
}
