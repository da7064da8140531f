using Tms.EventStore.Blobs;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class BlobSweepTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly BlobOwner _owner = BlobOwner.Company(Some.Tenant());

    [Fact]
    public async Task What_came_less_than_a_day_ago_stays()
    {
        var blob = await Store.Stored(_owner);
        Assert.Equal(0, await Store.Sweep(_owner.Tenant, TimeSpan.FromHours(23)));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TimeSpan.FromHours(25)));
        Assert.Null(await Store.Blobs.Find(blob, Cancel));
        Assert.Equal((0, 0, 0), await Store.Held(_owner.Tenant));
    }

    [Fact]
    public async Task Whoever_stores_it_again_has_another_day()
    {
        var bytes = Files.Some();
        var stream = Some.Stream();
        var blob = await Store.Stored(_owner, bytes);
        await Store.Appended(Files.Naming(blob, stream));
        Assert.Equal(0, await Store.Sweep(_owner.Tenant, TimeSpan.FromDays(2)));
        await Store.Stored(_owner, bytes);
        await Store.Appended(Files.Naming(blob, stream, expected: 1, ends: true));
        Assert.Equal(0, await Store.Sweep(_owner.Tenant, TimeSpan.FromHours(23)));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TimeSpan.FromHours(25)));
    }

    [Fact]
    public async Task What_never_came_to_its_end_goes_with_its_pieces()
    {
        var id = Guid.CreateVersion7();
        await Store.Database.Execute("""
            insert into blobs (id, tenant, owner, size, media_type, stored_us, look_us) values (@id, @tenant, @owner, 0, 'image/png', 0, 0)
            """, Cancel, ("id", id), ("tenant", _owner.Tenant.Value), ("owner", _owner.Person));
        await Store.Database.Execute("insert into blob_pieces (blob, number, data) values (@id, 0, @data)", Cancel,
            ("id", id), ("data", Files.Some()));
        Assert.Equal((1, 1, 0), await Store.Held(_owner.Tenant));
        Assert.Empty(await Store.Blobs.Of(_owner, Cancel).ToListAsync(Cancel));
        Assert.Equal(1, await Store.Sweep(_owner.Tenant, TimeSpan.Zero));
        Assert.Equal((0, 0, 0), await Store.Held(_owner.Tenant));
    }

    [Fact]
    public async Task A_naming_that_has_not_committed_when_the_sweep_begins_keeps_the_file()
    {
        var blob = await Store.Stored(_owner);
        var (now, stream) = (TimeProvider.System.GetUtcNow().AddDays(2), Some.Stream());
        var due = Assert.Single(await Store.Unnamed.Due(now, null, 1000, Cancel), d => d.Tenant == _owner.Tenant.Value);
        await using var connection = await Store.Database.Open(Cancel);
        await using var naming = await connection.BeginTransactionAsync(Cancel);
        await connection.Execute(
            "insert into blob_uses (tenant, owner, hash, stream_type, stream_id) values (@tenant, @owner, @hash, 'orders', @id)",
            naming, Cancel,
            ("tenant", _owner.Tenant.Value), ("owner", _owner.Person), ("hash", blob.Hash.ToBytes()), ("id", stream.Id));
        var sweep = Task.Run(() => Store.Unnamed.Sweep(due.Tenant, due.Id, now, Cancel), Cancel);
        await Started(sweep);
        await naming.CommitAsync(Cancel);
        Assert.False(await sweep);
        Assert.NotNull(await Store.Blobs.Find(blob, Cancel));
    }

    [Fact]
    public async Task Of_a_sweep_and_a_naming_at_once_exactly_one_wins()
    {
        var now = TimeProvider.System.GetUtcNow().AddDays(2);
        var blobs = new List<BlobAddress>();
        for (var i = 0; i < 40; i++) blobs.Add(await Store.Stored(_owner));
        var due = (await Store.Unnamed.Due(now, null, 1000, Cancel)).Where(d => d.Tenant == _owner.Tenant.Value).ToArray();
        var sweeps = due.Select(d => Task.Run(() => Store.Unnamed.Sweep(d.Tenant, d.Id, now, Cancel), Cancel)).ToArray();
        var namings = blobs.ConvertAll(b => Task.Run(() => Named(b), Cancel));
        await Task.WhenAll(sweeps);
        for (var i = 0; i < blobs.Count; i++) Assert.Equal(await namings[i], await Store.Blobs.Find(blobs[i], Cancel) is not null);
        Assert.Equal(40, sweeps.Count(s => s.Result) + namings.Count(n => n.Result));
    }

    // On PostgreSQL until the sweep waits for the naming; SQLite's one writer is busy with it until the commit.
    private async Task Started(Task sweep)
    {
        const string waiting = "select count(*) from pg_locks where not granted";
        while (Store.Database.Kind == DatabaseKind.Postgres && !sweep.IsCompleted
            && (await Store.Database.Query(waiting, r => r.GetInt64(0), Cancel))[0] == 0)
        {
            await Task.Yield();
        }
    }

    private async Task<bool> Named(BlobAddress blob) => await Store.Append(Files.Naming(blob, Some.Stream())) switch
    {
        AppendResult.Appended => true,
        var other => other is AppendResult.BlobMissing ? false : throw new InvalidOperationException($"{other}"),
    };
}
