using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Tms.EventStore;

namespace Tms.Api.Admin;

/// <summary>Puts together what an operator wants to see first.</summary>
internal sealed class ClusterLook(
    SiloLook silos, StoreLook store, BacklogLook backlog, NodeCard node, IOptions<ClusterOptions> cluster, TimeProvider time) : IClusterLook
{
    /// <inheritdoc />
    public async Task<ClusterView> Ask(CancellationToken cancel)
    {
        var (asked, members, nodes, kept, streams) =
            (time.GetUtcNow(), silos.Silos(cancel), silos.Nodes(cancel), store.Store(cancel), store.Streams(cancel));
        var (letters, behind) = (backlog.DeadLetters(cancel), backlog.Projections(cancel));
        return new ClusterView(
            cluster.Value.ClusterId, cluster.Value.ServiceId, asked, node.Id, await kept, await members, await nodes, await streams,
            await letters, await behind);
    }
}

/// <summary>Asks for the work that waits for somebody.</summary>
internal sealed class BacklogLook(IReactorCursors letters, IReadModels models, TimeProvider time)
{
    /// <summary>Dead letters of all companies.</summary>
    public Task<long?> DeadLetters(CancellationToken cancel) =>
        Answered.InTime<long?>(time, async stop => await letters.CountDeadLetters(null, stop), cancel);

    /// <summary>Tables whose rows are behind their log.</summary>
    public async Task<BehindView[]?> Projections(CancellationToken cancel) =>
        (await Answered.InTime(time, models.Behind, cancel))?.Select(table => new BehindView(table.Key, table.Value))
            .OrderBy(table => table.Name, StringComparer.Ordinal).ToArray();
}
