using System.Diagnostics.Metrics;

namespace Tms.EventStore.Blobs;

/// <summary>Meter <c>Tms.Blobs</c>: what became of files that came, and what was swept.</summary>
internal sealed class BlobMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _uploads;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _left;

    public BlobMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("Tms.Blobs");
        _uploads = _meter.CreateCounter<long>("tms.blobs.uploads", "{file}", "Files that came to their end, by what became of them");
        _stored = _meter.CreateCounter<long>("tms.blobs.stored", "By", "Bytes of files that were not there before");
        _swept = _meter.CreateCounter<long>("tms.blobs.swept", "{file}",
            "Files that were removed: no event named them (unnamed), or they never came to their end (unfinished)");
        _left = _meter.CreateCounter<long>("tms.blobs.left", "{file}",
            "Refused or broken uploads that could not be removed at once; they are swept");
    }

    public void Dispose() => _meter.Dispose();

    public void Put(BlobPut put)
    {
        _uploads.Add(1, new KeyValuePair<string, object?>("result", Result(put)));
        if (put is BlobPut.Stored { AlreadyThere: false } stored) _stored.Add(stored.Blob.Size);
    }

    public void Swept(RemovedBlob removed) =>
        _swept.Add(1, new KeyValuePair<string, object?>("kind", removed.Unfinished ? "unfinished" : "unnamed"));

    public void LeftBehind() => _left.Add(1);

    private static string Result(BlobPut put) => put switch
    {
        BlobPut.Stored { AlreadyThere: true } => "known",
        BlobPut.Stored => "stored",
        BlobPut.TooLarge => "too_large",
        BlobPut.OverQuota => "over_quota",
        _ => "no_owner",
    };
}
