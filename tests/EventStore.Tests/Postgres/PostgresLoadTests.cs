using Npgsql;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>A stream that is loaded while somebody commits to it.</summary>
public sealed class PostgresLoadTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task A_snapshot_and_the_events_after_it_are_of_one_moment()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(3)));
        await Store.Appended(Some.Unit(_tenant, Some.Stream()) with { Snapshot = new(_tenant, _stream, new(2), 1, [2]) });
        await using var writer = new NpgsqlConnection(Fixture.ConnectionString);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var open = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Run(writer, "lock table events in access exclusive mode");

        var loading = Store.Load(_tenant, _stream);
        await SomebodyWaits();
        await Run(writer, $"""
            insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us,
              data, metadata, hash)
            select tenant, 5, partition, stream_type, stream_id, 4, gen_random_uuid(), type, schema_version, time_us, data, metadata, hash
            from events where stream_id = '{_stream.Id}' and version = 3
            """);
        await Run(writer, $"update snapshots set version = 3, state = '\\x03' where stream_id = '{_stream.Id}'");
        await open.CommitAsync(TestContext.Current.CancellationToken);

        var loaded = await loading.Within(TimeSpan.FromSeconds(30));
        Assert.Equal([loaded.Snapshot!.Version.Value], loaded.Snapshot.State.Select(b => (int)b));
        Assert.Equal(Enumerable.Range(1, 4).Skip(loaded.Snapshot.Version.Value), loaded.Events.Select(e => e.Version.Value));
    }

    /// <summary>Until a session waits for the table that this test holds.</summary>
    private async Task SomebodyWaits()
    {
        const string sql = "select exists (select from pg_locks where not granted and relation = 'events'::regclass)";
        while (!await PostgresDatabases.Scalar<bool>(Fixture.ConnectionString, sql))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
