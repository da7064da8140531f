using Tms.Grains.Abstractions.Limits;
using Tms.Grains.Limits;
using Xunit;

namespace Tms.Grains.Tests.Limits;

public sealed class PermitBookTests
{
    private static readonly Guid One = Guid.NewGuid(), Other = Guid.NewGuid();
    private readonly PermitBook _book = new();

    [Fact]
    public void A_small_limit_goes_out_one_by_one()
    {
        for (var had = 0; had < 10; had++) Assert.Equal(new PermitAnswer(1, 9 - had), Take(One, had, 10));
        Assert.Equal(new PermitAnswer(0, 0), Take(Other, 0, 10));
    }

    [Fact]
    public void A_large_limit_costs_few_calls_and_is_handed_out_whole()
    {
        var (had, calls) = (0, 0);
        for (; Take(One, had, 1000).Given is > 0 and var given; calls++) had += given;
        Assert.Equal(1000, had);
        Assert.InRange(calls, 1, 300);
    }

    [Fact]
    public void Whoever_waits_gets_a_permit_as_long_as_there_are_any()
    {
        Assert.Equal(new PermitAnswer(7, 3), Take(One, 0, 10, wanted: 7));
        Assert.Equal(new PermitAnswer(3, 0), Take(Other, 0, 10, wanted: 7));
    }

    [Fact]
    public void What_a_node_never_heard_of_counts_no_longer()
    {
        Take(One, 0, 10, wanted: 4);
        Assert.Equal(new PermitAnswer(4, 6), Take(One, 0, 10, wanted: 4));
    }

    [Fact]
    public void After_a_loss_a_node_is_believed_what_it_has_had() => Assert.Equal(new PermitAnswer(1, 2), Take(One, 7, 10));

    private PermitAnswer Take(Guid node, int had, int limit, int wanted = 1) => _book.Take(new(node, had, wanted, limit, 0));
}
