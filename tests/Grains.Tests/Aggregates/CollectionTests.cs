using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>How long aggregates stay in memory that nobody asks for.</summary>
public sealed class CollectionTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    [Theory]
    [InlineData("invoice", 2)]
    [InlineData("customer", 2)]
    [InlineData("company", 2)]
    [InlineData("user", 2)]
    [InlineData("session", 2)]
    [InlineData("signingkey", 2)]
    [InlineData("login", 15)]
    public void An_idle_aggregate_is_kept_for_minutes(string grainType, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), cluster.KeptIdle(grainType));
}
