using System.Globalization;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

public sealed class OsloTests
{
    [Theory]
    [InlineData("2026-01-15T12:00:00Z", "2026-01-15T23:00:00Z")] // winter
    [InlineData("2026-07-15T12:00:00Z", "2026-07-15T22:00:00Z")] // summer
    [InlineData("2026-07-15T21:59:59.999Z", "2026-07-15T22:00:00Z")]
    [InlineData("2026-07-15T22:00:00Z", "2026-07-16T22:00:00Z")] // midnight itself is not after itself
    [InlineData("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")] // 23 hours: the clock goes forward
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29T22:00:00Z")] // before 02:00 becomes 03:00
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29T22:00:00Z")] // after
    [InlineData("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")] // 25 hours: the clock goes back
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T23:00:00Z")] // 02:30 for the first time
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T23:00:00Z")] // 02:30 for the second time
    [InlineData("2026-12-31T22:59:59Z", "2026-12-31T23:00:00Z")]
    [InlineData("2028-02-28T23:00:00Z", "2028-02-29T23:00:00Z")]
    public void The_next_midnight_is_the_next_moment_at_which_a_date_begins(string after, string expected) =>
        Assert.Equal(Time(expected), Oslo.NextMidnight(Time(after)));

    [Fact]
    public void Midnights_of_ten_years_follow_one_another_a_day_at_a_time()
    {
        var (midnight, day) = (Oslo.StartOf(new(2026, 1, 1)), new DateOnly(2026, 1, 1));
        var lengths = new HashSet<double>();
        while (day.Year < 2036)
        {
            var next = Oslo.NextMidnight(midnight);
            Assert.Equal((day, day.AddDays(1)), (Oslo.DateOf(next.AddTicks(-1)), Oslo.DateOf(next)));
            lengths.Add((next - midnight).TotalHours);
            (midnight, day) = (next, day.AddDays(1));
        }

        Assert.Equal([23, 24, 25], lengths.Order());
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
