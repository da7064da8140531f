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
    public async Task A_statement_that_meets_too_many_rows_hurts_nobody_else() => await FailsAlone(await Refused("21000"));

    [Theory]
    [InlineData("P0001")]
    [InlineData("XX001")]
    [InlineData("58030")]
    public async Task A_fault_of_one_table_hurts_nobody_else(string state) =>
        await FailsAlone<StoreUnavailableException>(await Refused(state));

    private async Task<AppendUnit> Refused(string state)
    {
        await PostgresDatabases.Execute(Fixture.ConnectionString, $"""
            create function refuses{state}() returns trigger language plpgsql as $$ begin raise 'no' using errcode = '{state}'; end $$;
            create trigger refuses{state} before insert on reservations for each row when (new.value = '{state}') execute function
              refuses{state}()
            """);
        return Some.Unit(Tenant, Some.Stream()) with { Reservations = [Some.Email(Tenant, state)] };
    }
}
