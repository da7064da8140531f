using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.Grains.Blobs;
using Tms.Grains.Scheduling;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Blobs;

public sealed class UnnamedBlobSweepTests
{
    private readonly BlobOwner _owner = BlobOwner.Company(new(Guid.CreateVersion7()));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_that_nothing_names_are_removed_a_few_at_a_time_and_named_ones_stay()
    {
        await using var world = StoreWorld.OnSqlite();
        var cluster = await world.Start();
        var (blobs, options) = (cluster.Part<IBlobStore>(), cluster.Part<BlobOptions>());
        for (byte i = 0; i < 10; i++) Assert.IsType<BlobPut.Stored>(await blobs.Put(_owner, "image/png", new MemoryStream([i]), Cancel));
        var named = await blobs.Of(_owner, Cancel).FirstAsync(Cancel);
        await Name(cluster.Part<IEventWriter>(), named.Address);
        var job = new UnnamedBlobSweep(cluster.Part<IUnnamedBlobs>(), options);
        var now = TimeProvider.System.GetUtcNow();

        Assert.Equal(now + options.SweepPeriod, await job.Next(now, Cancel));
        await foreach (var _ in job.Due(now, 64, Cancel)) Assert.Fail("Nothing is due on the first day.");
        var later = now + options.KeepUnnamed + TimeSpan.FromMinutes(1);
        await foreach (var page in job.Due(later, 64, Cancel))
        {
            Assert.InRange(page.Count, 1, 4);
            await Task.WhenAll(page.Select(work => job.Do(work, new JobContext(job.Name, cluster.Client, later))));
        }

        Assert.Equal([named], await blobs.Of(_owner, Cancel).ToListAsync(Cancel));
        await foreach (var _ in job.Due(later, 64, Cancel)) Assert.Fail("Nothing is due any more.");
    }

    private static async Task Name(IEventWriter log, BlobAddress blob)
    {
        var stream = new StreamName("receipts", Guid.CreateVersion7());
        var named = new EventData(Guid.CreateVersion7(), "RECEIPT_KEPT", 1, "{}"u8.ToArray());
        var unit = new AppendUnit
        {
            Tenant = blob.Owner.Tenant,
            Streams = [new(blob.Owner.Tenant, stream, StreamVersion.Empty, [named])],
            Metadata = "{}"u8.ToArray(),
            Blobs = [new(blob, stream)],
        };
        Assert.IsType<AppendResult.Appended>(await log.Append(unit, Cancel));
    }
}
