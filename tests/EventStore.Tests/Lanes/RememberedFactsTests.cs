using Tms.EventStore.Lanes;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Lanes;

/// <summary>Which batches are planned without asking the store.</summary>
public sealed class RememberedFactsTests
{
    private static readonly InlineModels Models = new([], [], [], []);
    private readonly TenantId _tenant = Some.Tenant();
    private readonly RememberedFacts _remembered = new(Models);

    [Fact]
    public void A_tenant_is_planned_from_memory_once_this_lane_has_written_to_it()
    {
        Assert.False(Recalls());
        Writes(5);
        Assert.True(Recalls());
    }

    [Fact]
    public void A_tenant_that_others_write_to_is_asked_about_until_they_stop()
    {
        Writes(5);
        Finds(7);
        Writes(8);
        Assert.False(Recalls());
        Finds(9);
        Writes(10);
        Assert.False(Recalls());
        Finds(10);
        Writes(11);
        Assert.True(Recalls());
    }

    [Fact]
    public void A_tenant_whose_log_was_exchanged_for_one_of_the_same_length_is_asked_about()
    {
        Writes(5);
        Finds(5, hash: 2);
        Writes(6);
        Assert.False(Recalls());
    }

    [Fact]
    public void Only_the_tenant_that_others_write_to_is_asked_about()
    {
        var other = Some.Tenant();
        Writes(5);
        _remembered.Keep(Plan(other, 3));
        Finds(7);
        Assert.Null(_remembered.For([Some.Unit(_tenant, Some.Stream()), Some.Unit(other, Some.Stream())]));
        Assert.NotNull(_remembered.For([Some.Unit(other, Some.Stream())]));
    }

    [Fact]
    public void A_counter_of_before_another_writer_is_never_remembered()
    {
        var plan = Plan(_tenant, 5);
        plan.Counters[(_tenant, "orders")] = 9;
        _remembered.Keep(plan);
        Assert.Equal(9, _remembered.For([Some.Drawing(_tenant, Some.Stream(), "orders")])!.Counters[(_tenant, "orders")]);
        Finds(7);
        Writes(8);
        Finds(8);
        Writes(9);
        Assert.True(Recalls());
        Assert.Null(_remembered.For([Some.Drawing(_tenant, Some.Stream(), "orders")]));
    }

    private bool Recalls() => _remembered.For([Some.Unit(_tenant, Some.Stream())]) is not null;

    private void Writes(long sequence) => _remembered.Keep(Plan(_tenant, sequence));

    private void Finds(long sequence, byte hash = 1)
    {
        var facts = BatchFacts.For(Models);
        facts.Heads[_tenant] = Head(_tenant, sequence, hash);
        _remembered.Compare(facts);
    }

    private static BatchPlan Plan(TenantId tenant, long sequence)
    {
        var plan = new BatchPlan(Models);
        plan.Heads[tenant] = Head(tenant, sequence, 1);
        return plan;
    }

    private static TenantHead Head(TenantId tenant, long sequence, byte hash) => new(tenant, new(sequence), [hash], 0);
}
