using Tms.EventStore.Tests.Contract;
using Tms.EventStore.Tests.Stores;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

public sealed class PostgresPoisonTests(PostgresStore store) : PoisonTests<PostgresStore>(store)
{
    [Fact]
    public async Task Text_that_only_the_database_refuses_hurts_nobody_else() =>
        await FailsAlone(Some.Unit(Tenant, Some.Stream()) with { Reservations = [Some.Email(Tenant, "a\0b")] });

    [Fact]
    public async Task A_statement_that_meets_too_many_rows_hurts_nobody_else()
    {
        await PostgresDatabases.Execute(Fixture.ConnectionString, """
            create function refuses() returns trigger language plpgsql as $$ begin raise 'too many' using errcode = '21000'; end $$;
            create trigger refuses before insert on reservations for each row when (new.value = 'twice') execute function refuses()
            """);
        await FailsAlone(Some.Unit(Tenant, Some.Stream()) with { Reservations = [Some.Email(Tenant, "twice")] });
    }
}
