using Npgsql;
using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;
using Tms.Testing.Postgres;

namespace Tms.EventStore.Tests.Postgres;

/// <summary>What becomes of files when the server goes away in the middle.</summary>
public sealed class BlobFaultTests(PostgresStore fixture) : StoreTests<PostgresStore>(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_ends_the_session_of_a_change_is_unavailable(bool forgets)
    {
        var owner = BlobOwner.Company(Some.Tenant());
        await Store.Stored(owner);
        await using var victim = await Fixture.SecondProcess();
        await using var holder = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using (var hold =
            new NpgsqlCommand($"begin; update blob_totals set bytes = bytes where tenant = '{owner.Tenant.Value}'", holder))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Task change = forgets
            ? victim.Blobs.Forget(owner.Tenant, owner.Person, TestContext.Current.CancellationToken)
            : victim.Put(owner, Files.Some());
        await Waits().Within(Limit);
        await EndWaiting();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => change.Within(Limit));
        Assert.Equal((1, 1, 100), await Store.Held(owner.Tenant));
    }

    [Fact]
    public async Task Files_that_are_forgotten_go_some_at_a_time()
    {
        var owner = BlobOwner.Company(Some.Tenant());
        for (var i = 0; i < 25; i++) await Store.Stored(owner);
        await using var victim = await Fixture.SecondProcess();
        await using var holder = new NpgsqlConnection(Fixture.ConnectionString + ";Pooling=false");
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        var last = $"begin; select from blobs where tenant = '{owner.Tenant.Value}' order by hash desc limit 1 for update";
        await using (var hold = new NpgsqlCommand(last, holder))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var forgetting = victim.Blobs.Forget(owner.Tenant, owner.Person, TestContext.Current.CancellationToken);
        await Waits().Within(Limit);
        await EndWaiting();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => forgetting.Within(Limit));
        await holder.CloseAsync();
        Assert.Equal((5, 5, 500), await Store.Held(owner.Tenant));
        Assert.Equal(5, await Store.Blobs.Forget(owner.Tenant, owner.Person, TestContext.Current.CancellationToken));
        Assert.Equal((0, 0, 0), await Store.Held(owner.Tenant));
    }

    // The session that holds the row stays: if it went first, the change could still go through.
    private Task EndWaiting() => PostgresDatabases.Execute(
        Fixture.ConnectionString,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");

    private async Task Waits()
    {
        const string sql = "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await PostgresDatabases.Scalar<bool>(Fixture.ConnectionString, sql)) await poll.WaitForNextTickAsync();
    }
}
