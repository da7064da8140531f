using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class BlobCheckTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private BlobCheck Check => new(Store.Database, Store.Blobs);

    [Fact]
    public async Task Files_that_are_what_their_addresses_say_have_no_fault()
    {
        var people = new People(Store);
        var company = BlobOwner.Company(people.Tenant);
        var erased = await people.Born("Ola");
        for (var i = 0; i < 201; i++) await Store.Stored(company);
        await Store.Stored(new(people.Tenant, await people.Born("Kari")));
        await Store.Stored(new(people.Tenant, erased));
        await Store.Appended(Files.Naming(await Store.Stored(company), Some.Stream()));
        await people.Erased(erased);
        Store.Persons.Forget();
        Assert.Empty(await Faults(people.Tenant));
        Assert.Equal(new BlobTotal(people.Tenant, 204, 20_400, 20_400, 204),
            Assert.Single(await Check.Tenants(Cancel), t => t.Tenant == people.Tenant));
    }

    [Theory]
    [InlineData("update blob_pieces set data = @other where blob = @id")]
    [InlineData("delete from blob_pieces where blob = @id")]
    [InlineData("update blobs set hash = @hash where id = @id")]
    public async Task Each_file_that_is_something_else_is_named(string damage)
    {
        var people = new People(Store);
        foreach (var owner in (BlobOwner[])[BlobOwner.Company(people.Tenant), new(people.Tenant, await people.Born("Kari"))])
        {
            await Store.Stored(owner);
            await Store.Stored(owner);
        }

        const string one = "select id from blobs where tenant = @tenant order by owner, id";
        var ids = await Store.Database.Query(one, r => r.GetGuid(0), Cancel, ("tenant", people.Tenant.Value));
        foreach (var id in (Guid[])[ids[0], ids[2]]) await Damage(damage, id);
        Assert.Equal(2, (await Faults(people.Tenant)).Count);
        Assert.Single(await Faults(people.Tenant, sealedToo: false));
    }

    private Task Damage(string sql, Guid id)
    {
        (string, object?)[] given = [("id", id), ("other", Files.Some()), ("hash", Files.HashOf(id.ToByteArray()).ToBytes())];
        return Store.Database.Execute(sql, Cancel, [.. given.Where(p => sql.Contains($"@{p.Item1}", StringComparison.Ordinal))]);
    }

    private async Task<List<string>> Faults(TenantId tenant, bool sealedToo = true) =>
        await Check.Faults(tenant, sealedToo, Cancel).ToListAsync(Cancel);
}
