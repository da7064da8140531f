using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.ReadModels.Invitations;
using Tms.ReadModels.Tests.Stores;

namespace Tms.ReadModels.Tests.Lists;

public abstract class InvitationListTests(Store store)
{
    private static readonly Actor Chief = new(Guid.CreateVersion7(), Role.Hovedbruker);

    [Fact]
    public async Task Open_invitations_are_those_that_somebody_can_still_join_with()
    {
        var (office, other) = (new Office(store), new Office(store));
        Guid[] made = [await Invite(office), await Invite(office), await Invite(office)];
        await Invite(other);
        await office.Do(made[1], new WithdrawInvitation());

        Assert.Equal([made[0], made[2]], await Open(office.Tenant, Office.Now));
        Assert.Equal([made[0], made[2]], await Open(office.Tenant, Office.Now.AddDays(7).AddSeconds(-1)));
        Assert.Empty(await Open(office.Tenant, Office.Now.AddDays(7)));
    }

    private static async Task<Guid> Invite(Office office)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await office.Do(id, new InviteUser(office.Tenant.Value, "ola@example.no", Role.Elev, Chief)));
        return id;
    }

    private async Task<Guid[]> Open(TenantId tenant, DateTimeOffset now)
    {
        var list = store.Part<InvitationList>();
        var page = await list.Open(tenant, now, new(10), TestContext.Current.CancellationToken);
        Assert.Equal(page.Items.Count, await list.CountOpen(tenant, now, TestContext.Current.CancellationToken));
        return [.. page.Items.Select(row => row.State.Id)];
    }
}

public sealed class SqliteInvitationListTests(SqliteStore store) : InvitationListTests(store), IClassFixture<SqliteStore>;

public sealed class PostgresInvitationListTests(PostgresStore store) : InvitationListTests(store), IClassFixture<PostgresStore>;
