using Tms.EventStore.Tests.Contract;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Postgres;

public sealed class PostgresPoisonTests(PostgresStore store) : PoisonTests<PostgresStore>(store)
{
    [Fact]
    public async Task Text_that_only_the_database_refuses_hurts_nobody_else() =>
        await FailsAlone(Some.Unit(Tenant, Some.Stream()) with { Reservations = [Some.Email(Tenant, "a\0b")] });
}
