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
    [InlineData("update events set data = @text where tenant = @tenant and sequence = 3", 2)]
    [InlineData("update events set time_us = time_us + 1 where tenant = @tenant and sequence = 1", 0)]
    [InlineData("update events set hash = @text where tenant = @tenant and sequence = 4", 3)]
    [InlineData("delete from events where tenant = @tenant and sequence = 2", 1)]
    [InlineData("delete from events where tenant = @tenant and sequence = 5", 4)]
    [InlineData("delete from events where tenant = @tenant", 0)]
    [InlineData("update tenants set hash = @text where tenant = @tenant", 5)]
    [InlineData("delete from tenants where tenant = @tenant", 0)]
    public async Task What_was_changed_behind_its_back_is_found_and_where(string change, long soundUntil)
    {
        await Write();
        await Store.Database.Execute(change, Cancel, ("tenant", _tenant.Value), ("text", "forged"u8.ToArray()));
        var state = await Check.Walk(_tenant, Cancel);
        Assert.NotNull(state.Fault);
        Assert.Equal(soundUntil, state.Sequence.Value);
        // Tenants that lost either half are still asked about, unless they lost both.
        Assert.Contains(_tenant, await Check.Tenants(Cancel));
    }

    private async Task<IReadOnlyList<RecordedEvent>> Write()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(3)));
        await Store.Appended(Some.Unit(_tenant, Some.Stream(), 0, Some.Events(2)));
        return await Store.Company(_tenant);
    }
}
