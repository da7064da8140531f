namespace Tms.EventStore.Tests.Values;

public sealed class MicrosTests
{
    [Fact]
    public void Time_begins_in_1970() => Assert.Equal(0, Micros.Of(DateTimeOffset.UnixEpoch));

    [Fact]
    public void A_known_time_has_a_known_count() =>
        Assert.Equal(1_769_903_998_123_456, Micros.Of(Golden.Time));

    [Fact]
    public void Whole_microseconds_come_back() => Assert.Equal(Golden.Time, Micros.ToTime(Micros.Of(Golden.Time)));

    [Fact]
    public void What_is_finer_is_cut_off() => Assert.Equal(Golden.Time, Micros.ToTime(Micros.Of(Golden.Time.AddTicks(9))));

    [Fact]
    public void A_time_in_another_zone_is_the_same_moment()
    {
        var oslo = Golden.Time.ToOffset(TimeSpan.FromHours(1));
        Assert.Equal(Micros.Of(Golden.Time), Micros.Of(oslo));
        Assert.Equal(TimeSpan.Zero, Micros.ToTime(Micros.Of(oslo)).Offset);
    }
}
