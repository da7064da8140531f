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

    [Fact]
    public async Task A_value_that_its_holder_gives_up_is_anybodys()
    {
        var (email, other) = (Some.Email(_tenant), Some.Tenant());
        await Store.Appended(Reserving(_tenant, email));
        await Store.Appended(Releasing(_tenant, email));
        Assert.Null(await Store.FindReservation("email", email.Value));
        await Store.Appended(Reserving(other, Some.Email(other, email.Value)));
        Assert.Equal(other, (await Store.FindReservation("email", email.Value))!.Tenant);
    }

    [Fact]
    public async Task Nobody_gives_up_what_another_holds()
    {
        var (email, other) = (Some.Email(_tenant), Some.Tenant());
        await Store.Appended(Reserving(_tenant, email));
        await Store.Appended(Releasing(other, Some.Email(other, email.Value)));
        Assert.Equal(email, await Store.FindReservation("email", email.Value));
    }

    [Fact]
    public async Task A_unit_exchanges_one_value_for_another_or_neither()
    {
        var (old, taken) = (Some.Email(_tenant), Some.Email(Some.Tenant()));
        var wanted = old with { Value = Some.Email(_tenant).Value };
        await Store.Appended(Reserving(_tenant, old));
        await Store.Appended(Reserving(taken.Tenant, taken));
        Assert.IsType<AppendResult.Reserved>(
            await Store.Append(Reserving(_tenant, old with { Value = taken.Value }) with { Releases = [old] }));
        Assert.Equal(old, await Store.FindReservation("email", old.Value));
        await Store.Appended(Reserving(_tenant, wanted) with { Releases = [old] });
        Assert.Null(await Store.FindReservation("email", old.Value));
        Assert.Equal(wanted, await Store.FindReservation("email", wanted.Value));
    }

    [Fact]
    public async Task Given_up_and_taken_in_one_batch_has_one_holder_in_the_end()
    {
        var email = Some.Email(_tenant);
        await Store.Appended(Reserving(_tenant, email));
        var tenants = Enumerable.Range(0, 20).Select(_ => Some.Tenant()).ToArray();
        var release = Store.Append(Releasing(_tenant, email));
        var results = await Task.WhenAll(tenants.Select(tenant => Store.Append(Reserving(tenant, Some.Email(tenant, email.Value)))));
        Assert.IsType<AppendResult.Appended>(await release);
        var holder = await Store.FindReservation("email", email.Value);
        Assert.Equal(holder is null ? 0 : 1, results.Count(r => r is AppendResult.Appended));
        if (holder is not null) Assert.Contains(holder.Tenant, tenants);
    }

    private static AppendUnit Releasing(TenantId tenant, params Reservation[] values) =>
        Some.Unit(tenant, Some.Stream()) with { Releases = values };

    private static AppendUnit Reserving(TenantId tenant, params Reservation[] values) =>
        Some.Unit(tenant, Some.Stream()) with { Reservations = values };
}
