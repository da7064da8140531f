using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Grains.Hosting;

/// <summary>Other aggregates of the tenant that get events together with one.</summary>
internal sealed class Neighbours(IGrainFactory grains, TenantId tenant, StreamName own)
{
    /// <summary>
    /// Existing aggregates that got events in a unit answer nobody any more without them; false if one could not be told.
    /// </summary>
    public async Task<bool> TellAll(AppendUnit unit)
    {
        var all = true;
        for (var i = 1; i < unit.Streams.Count; i++)
        {
            if (unit.Streams[i] is { Expected.Value: > 0, Events.Count: > 0 } other && other.Tenant == tenant)
                all &= await Tell(other.Stream, other.Last);
        }

        return all;
    }

    /// <summary>
    /// Tells another aggregate how far its stream is; false if it cannot be told now.
    /// What is stored stays stored: that activation finds out by its next conflict.
    /// </summary>
    public async Task<bool> Tell(StreamName stream, StreamVersion version)
    {
        try
        {
            await grains.Of(tenant, stream).Moved(version.Value);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Whether a decision was made on another aggregate's version that has moved on.</summary>
    public bool HasMovedOn(IReadOnlyList<RelatedEvents> related, StreamName stream) =>
        stream != own && related.Any(r => r.StreamType == stream.Type && r.StreamId == stream.Id && r.Version > 0);
}
