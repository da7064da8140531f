using Microsoft.Extensions.Logging;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Realtime;

/// <summary>Makes one company's deliveries an unbroken row: drops what is known, reads from the log what is missing.</summary>
/// <remarks>
/// Soft: it starts with the first delivery it sees, and skips a gap that is wide or that cannot be read. Nodes notice by the sequence.
/// </remarks>
internal sealed partial class FeedCursor(IEventReader reader, TimeProvider time, ILogger logger)
{
    /// <summary>The widest gap that is filled; a node that lacks more reads history itself.</summary>
    internal const int WidestGap = 1000;

    private static readonly TimeSpan ReadLimit = TimeSpan.FromSeconds(2);
    private long _last;

    /// <summary>The events that follow the last ones, in order. Never throws.</summary>
    internal async Task<DeliveredEvent[]> Follow(Guid tenant, IEnumerable<DeliveredEvent> delivered)
    {
        var fresh = delivered.Where(e => e.Sequence > _last).ToArray();
        if (fresh.Length == 0) return fresh;
        var missing = fresh[0].Sequence - _last - 1;
        if (_last > 0 && missing > 0) fresh = [.. await Missing(new TenantId(tenant), missing), .. fresh];
        _last = fresh[^1].Sequence;
        return fresh;
    }

    private async Task<IEnumerable<DeliveredEvent>> Missing(TenantId tenant, long count)
    {
        if (count > WidestGap)
        {
            LogSkipped(tenant, _last, count, null);
            return [];
        }

        try
        {
            using var limit = new CancellationTokenSource(ReadLimit, time);
            var read = new List<RecordedEvent>();
            while (read.Count < count
                && await Next(tenant, read, (int)count, limit.Token).WaitAsync(ReadLimit, time) is { Count: > 0 } page) read.AddRange(page);
            return read.Select(ToDelivered);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LogSkipped(tenant, _last, count, e);
            return [];
        }
    }

    private Task<IReadOnlyList<RecordedEvent>> Next(TenantId tenant, List<RecordedEvent> read, int count, CancellationToken cancel) =>
        reader.ReadCompany(tenant, read is [.., var last] ? last.Sequence : new(_last), count - read.Count, cancel);

    private static DeliveredEvent ToDelivered(RecordedEvent e) => new(
        e.Tenant.Value, e.Sequence.Value, e.Stream.Type, e.Stream.Id, e.Version.Value, e.Id, e.Type, e.SchemaVersion, e.TimeMicros, e.Data,
        e.Metadata);

    [LoggerMessage(LogLevel.Warning, "The feed of {Tenant} skips {Count} events after {Sequence}; nodes read them from the log.")]
    private partial void LogSkipped(TenantId tenant, long sequence, long count, Exception? e);
}
