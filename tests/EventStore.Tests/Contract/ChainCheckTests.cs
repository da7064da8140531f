using Tms.EventStore.Readers;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class ChainCheckTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();

    private ChainCheck Check => new(Store.Database, Store.Reader);

    [Fact]
    public async Task A_log_as_it_was_written_is_sound()
    {
        var written = await Write();
        var state = await Check.Walk(_tenant, Cancel);
        Assert.Null(state.Fault);
        Assert.Equal((5L, Convert.ToHexString(written[^1].Hash)), (state.Sequence.Value, Convert.ToHexString(state.Hash)));
        Assert.Contains(_tenant, await Check.Tenants(Cancel));
    }

    [Theory]
    [InlineData("update events set data = @text where tenant = @tenant and sequence = 3", 2, 3)]
    [InlineData("update events set time_us = time_us + 1 where tenant = @tenant and sequence = 1", 0, 1)]
    [InlineData("update events set hash = @text where tenant = @tenant and sequence = 4", 3, 4)]
    [InlineData(
        "update events set type = replace(replace('xxxxxxxxxxxxxxxxxxxx', 'x', 'yyyyyyyyyyyyyyyyyyyy'), 'y', 'ø') where tenant = @tenant "
            + "and sequence = 2", 1, 2)]
    [InlineData("delete from events where tenant = @tenant and sequence = 2", 1, 2)]
    [InlineData("delete from events where tenant = @tenant and sequence = 5", 4, 5)]
    [InlineData("delete from events where tenant = @tenant", 0, 1)]
    [InlineData("update events set sequence = sequence + 10 where tenant = @tenant and sequence >= 4", 3, 4)]
    [InlineData("update tenants set hash = @text where tenant = @tenant", 5, 5)]
    [InlineData(
        "update tenants set sequence = 3, hash = (select hash from events e where e.tenant = @tenant and e.sequence = 3) where tenant = "
            + "@tenant", 3, 4)]
    [InlineData("delete from tenants where tenant = @tenant", 0, 1)]
    public async Task What_was_changed_behind_its_back_is_found_and_where(string change, long soundUntil, long at)
    {
        await Write();
        await Store.Database.Execute(change, Cancel, ("tenant", _tenant.Value), ("text", "forged"u8.ToArray()));
        var state = await Check.Walk(_tenant, Cancel);
        Assert.Equal((soundUntil, at), (state.Sequence.Value, state.Fault?.At.Value));
        // Tenants that lost either half are still asked about, unless they lost both.
        Assert.Contains(_tenant, await Check.Tenants(Cancel));
    }

    [Fact]
    public async Task A_walk_that_nobody_waits_for_any_more_ends()
    {
        await Write();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Check.Walk(_tenant, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task The_hash_that_is_stored_at_a_place_is_told_and_none_where_there_is_no_event()
    {
        var written = await Write();
        Assert.Equal(written[2].Hash, await Check.HashAt(_tenant, new(3), Cancel));
        Assert.Equal(HashChain.Genesis(_tenant), await Check.HashAt(_tenant, CompanySequence.Start, Cancel));
        Assert.Null(await Check.HashAt(_tenant, new(6), Cancel));
        await Store.Database.Execute("delete from events where tenant = @tenant and sequence = 3", Cancel, ("tenant", _tenant.Value));
        Assert.Null(await Check.HashAt(_tenant, new(3), Cancel));
    }

    private async Task<IReadOnlyList<RecordedEvent>> Write()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(3)));
        await Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(2)));
        return await Store.Company(_tenant);
    }
}
