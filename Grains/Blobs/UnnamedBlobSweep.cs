using System.Runtime.CompilerServices;
using Tms.EventStore.Blobs;
using Tms.Grains.Scheduling;

namespace Tms.Grains.Blobs;

/// <summary>Removes files that no event names, a day after they came. One sweeper per cluster; a few files side by side.</summary>
internal sealed class UnnamedBlobSweep(IUnnamedBlobs blobs, BlobOptions options) : IJob
{
    /// <summary>Most files that one look removes; the next look goes on.</summary>
    public const int MostInOneLook = 4000;

    // Each is some megabytes for the database to take away while others write.
    private const int MostAtOnce = 4;

    /// <inheritdoc />
    public string Name => "unnamed-blobs";

    /// <inheritdoc />
    public ValueTask<DateTimeOffset> Next(DateTimeOffset now, CancellationToken cancel) => new(now + options.SweepPeriod);

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<DueWork>> Due(
        DateTimeOffset now, int pageSize, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (size, left) = (Math.Min(pageSize, MostAtOnce), MostInOneLook);
        for (UnnamedBlob? after = null; left > 0 && await blobs.Due(now, after, size, cancel) is [.., var last] page; after = last)
        {
            left -= page.Count;
            yield return [.. page.Select(blob => new DueWork(blob.Tenant, blob.Id, blob.DueMicros))];
        }
    }

    /// <inheritdoc />
    public Task Do(DueWork work, JobContext context) => blobs.Sweep(work.Tenant, work.Id, context.Now, CancellationToken.None);
}
