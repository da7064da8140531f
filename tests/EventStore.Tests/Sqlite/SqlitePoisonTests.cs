using Tms.EventStore.Tests.Contract;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Sqlite;

public sealed class SqlitePoisonTests(SqliteStore store) : PoisonTests<SqliteStore>(store)
{
    [Fact]
    public async Task A_value_of_a_wrong_type_hurts_nobody_else()
    {
        await Store.Database.Execute("create table numbers (n integer primary key)", Cancel);
        await Store.Database.Execute("""
            create trigger refuses before insert on reservations when new.value = 'no number' begin insert into numbers values ('x'); end
            """, Cancel);
        await FailsAlone(Some.Unit(Tenant, Some.Stream()) with { Reservations = [Some.Email(Tenant, "no number")] });
    }
}
