using Tms.EventStore;
using Tms.Grains.Scheduling;
using Tms.Grains.Sessions;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Sessions;

public sealed class ExpiredSessionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_that_have_expired_are_deleted_in_parts_and_no_others()
    {
        await using var world = StoreWorld.OnSqlite();
        var cluster = await world.Start();
        var database = cluster.Part<IDatabase>();
        for (var i = 0; i < 1200; i++) await Add(database, i, Now.AddMinutes(-i));
        for (var i = 1200; i < 1210; i++) await Add(database, i, Now.AddSeconds(i));
        var job = new ExpiredSessions(database);

        var pages = 0;
        await foreach (var page in job.Due(Now, 64, Cancel))
        {
            pages++;
            foreach (var work in page) await job.Do(work, new JobContext(job.Name, cluster.Client, Now));
        }

        Assert.Equal((2, 10L), (pages, (await database.Query("select count(*) from sessions", r => r.GetInt64(0), Cancel))[0]));
        await foreach (var _ in job.Due(Now, 64, Cancel)) Assert.Fail("Nothing is due any more.");
    }

    private static Task Add(IDatabase database, int n, DateTimeOffset expires) => database.Execute(
        "insert into sessions (token_hash, family, tenant, user_id, expires_us) values (@hash, @family, @tenant, @user, @expires)", Cancel,
        ("hash", BitConverter.GetBytes(n)), ("family", Guid.NewGuid()), ("tenant", Guid.NewGuid()), ("user", Guid.NewGuid()),
        ("expires", Micros.Of(expires)));
}
