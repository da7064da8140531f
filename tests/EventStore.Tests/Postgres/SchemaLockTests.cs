using Npgsql;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A release that brings a schema script starts beside one that works.</summary>
public sealed class SchemaLockTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    [Fact]
    public async Task A_script_that_waits_for_a_table_lets_others_pass_and_is_applied_when_the_table_is_free()
    {
        await PostgresDatabases.Execute(
            Fixture.ConnectionString,
            "drop index events_type; drop index dead_letters_retry; delete from schemaversions where scriptname like '0018%'");
        await using var reader = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await reader.OpenAsync(TestContext.Current.CancellationToken);
        // What a transaction does that has appended and is not done; a dump keeps a weaker lock as long.
        await using (var hold = new NpgsqlCommand(
            "begin; lock table events in row exclusive mode", reader)) await hold.ExecuteNonQueryAsync(
                TestContext.Current.CancellationToken);

        var setup = new StoreSetup();
        var starting = StoreFactory.Postgres(Fixture.ConnectionString, setup);
        await setup.Heard.Says("waits for a table that others use");
        for (var n = 0; n < 5; n++) await Store.Appended(Some.Unit(Some.Tenant(), Some.Stream())).Within(TimeSpan.FromSeconds(5));
        Assert.False(starting.IsCompleted);

        await reader.DisposeAsync();
        await using var started = await starting.Within(TimeSpan.FromSeconds(30));
        await started.Appended(Some.Unit(Some.Tenant(), Some.Stream()));
        Assert.True(
            await PostgresDatabases.Scalar<bool>(
                Fixture.ConnectionString, "select exists (select from pg_indexes where indexname = 'events_type')"));
    }
}
