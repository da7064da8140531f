using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class ReservationTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task A_reserved_value_is_found_with_its_holder()
    {
        var email = Some.Email(_tenant);
        await Store.Appended(Reserving(_tenant, email));
        Assert.Equal(email, await Store.FindReservation("email", email.Value));
        Assert.Null(await Store.FindReservation("phone", email.Value));
        Assert.Null(await Store.FindReservation("email", email.Value.ToUpperInvariant()));
    }

    [Fact]
    public async Task A_value_that_another_holds_cannot_be_reserved_and_nothing_is_stored()
    {
        var holder = Some.Email(_tenant);
        await Store.Appended(Reserving(_tenant, holder));
        var other = Some.Tenant();
        var free = Some.Email(other);
        Assert.Equal(new AppendResult.Reserved(holder), await Store.Append(Reserving(other, free, Some.Email(other, holder.Value))));
        Assert.Empty(await Store.Sound(other));
        Assert.Null(await Store.FindReservation("email", free.Value));
        Assert.Equal(holder, await Store.FindReservation("email", holder.Value));
    }

    [Fact]
    public async Task An_owner_may_reserve_its_own_value_again()
    {
        var email = Some.Email(_tenant);
        await Store.Appended(Reserving(_tenant, email));
        await Store.Appended(Reserving(_tenant, email));
        Assert.Equal(email, await Store.FindReservation("email", email.Value));
    }

    [Fact]
    public async Task Of_fifty_concurrent_reservations_of_a_value_one_wins_and_the_others_learn_who()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var wanted = Some.Email(_tenant).Value;
        var tenants = Enumerable.Range(0, 50).Select(_ => Some.Tenant()).ToArray();
        var results = await Task.WhenAll(tenants.Select((tenant, n) => both[n % 2].Append(Reserving(tenant, Some.Email(tenant, wanted)))));
        var holder = await Store.FindReservation("email", wanted);
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(49, results.OfType<AppendResult.Reserved>().Count(taken => taken.Holder == holder));
        Assert.Single(await Store.Sound(holder!.Tenant));
    }

    [Fact]
    public async Task A_conflicting_unit_reserves_nothing()
    {
        var email = Some.Email(_tenant);
        var unit = Some.Unit(_tenant, Some.Stream(), 3) with { Reservations = [email] };
        Assert.IsType<AppendResult.Conflict>(await Store.Append(unit));
        Assert.Null(await Store.FindReservation("email", email.Value));
    }

    private static AppendUnit Reserving(TenantId tenant, params Reservation[] values) => Some.Unit(tenant, Some.Stream()) with { Reservations = values };
}
