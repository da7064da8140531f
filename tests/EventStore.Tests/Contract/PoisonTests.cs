using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>A unit that cannot be stored, among a hundred that can, fails alone.</summary>
public abstract class PoisonTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    protected TenantId Tenant { get; } = Some.Tenant();

    [Fact]
    public async Task A_failing_projection_hurts_nobody_else() =>
        await FailsAlone(Some.Unit(Tenant, Some.Stream(TotalsProjection.Stream), 0, Some.Event(TotalsProjection.Poison)));

    [Fact]
    public async Task Too_much_data_hurts_nobody_else() =>
        await FailsAlone(Some.Unit(Tenant, Some.Stream(), 0, Some.Event(new byte[StoreFactory.TooManyBytes])));

    [Fact]
    public async Task A_failing_completion_hurts_nobody_else() =>
        await FailsAlone(
            Some.Drawing(Tenant, Some.Stream(), "orders") with { Draw = new(["orders"], static _ => throw new FormatException("No.")) });

    [Fact]
    public async Task A_completion_without_events_hurts_nobody_else() =>
        await FailsAlone(Some.Drawing(Tenant, Some.Stream(), "orders") with { Draw = new(["orders"], static _ => []) });

    [Fact]
    public async Task A_completion_with_too_much_data_hurts_nobody_else()
    {
        var unit = Some.Drawing(Tenant, Some.Stream(), "orders");
        await FailsAlone(
            unit with { Draw = new(["orders"], _ => [unit.Streams[0].Events[0] with { Data = new byte[StoreFactory.TooManyBytes] }]) });
    }

    [Fact]
    public async Task A_type_name_that_is_too_long_hurts_nobody_else() =>
        await FailsAlone(Some.Unit(Tenant, Some.Stream(), 0, Some.Event() with { Type = new string('A', 300) }));

    protected Task FailsAlone(AppendUnit poison) => FailsAlone<UnitRejectedException>(poison);

    protected async Task FailsAlone<TFault>(AppendUnit poison)
        where TFault : Exception
    {
        var mates = Enumerable.Range(0, 99).Select(_ => Some.Unit(Tenant, Some.Stream())).ToArray();
        var first = Task.WhenAll(mates[..50].Select(unit => Store.Append(unit)));
        var failing = Assert.ThrowsAsync<TFault>(() => Store.Append(poison));
        var second = Task.WhenAll(mates[50..].Select(unit => Store.Append(unit)));
        await failing;
        Assert.All(await first, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.All(await second, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal(99, (await Store.Sound(Tenant)).Count);
    }
}
