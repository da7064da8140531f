using Tms.EventStore.Tests.Stores;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>What a lane remembers of a company's log is held against the log itself.</summary>
public sealed class PostgresMemoryTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task A_log_that_was_set_back_and_grew_to_the_remembered_length_is_not_taken_for_the_remembered_one()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        var first = await Store.Head(_tenant);
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        await Store.Database.Execute("delete from events where tenant = @tenant and sequence = 2", Cancel, ("tenant", _tenant.Value));
        await Store.Database.Execute(
            "update tenants set sequence = 1, hash = @hash where tenant = @tenant", Cancel, ("hash", first.Hash),
            ("tenant", _tenant.Value));
        await using var other = await Fixture.SecondProcess(new());
        await other.Appended(Some.Unit(_tenant, Some.Stream()));
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        Assert.Equal(3, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task A_memory_that_is_ahead_of_the_store_makes_no_gap()
    {
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        await Store.Appended(Some.Unit(_tenant, Some.Stream()));
        // What a restore by hand under a running process does to its last commit.
        await PostgresDatabases.Execute(Fixture.ConnectionString, $"""
            delete from events where tenant = '{_tenant.Value}' and sequence = 2;
            update tenants set sequence = 1, hash = (select hash from events where tenant = '{_tenant.Value}') where tenant =
              '{_tenant.Value}'
            """);
        Assert.Equal(2, (await Store.Appended(Some.Unit(_tenant, Some.Stream()))).Sequence.Value);
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }
}
