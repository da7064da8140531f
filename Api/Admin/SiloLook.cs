using Orleans.Runtime.Placement;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Api.Admin;

/// <summary>Asks the silos and nodes of the cluster how they are.</summary>
internal sealed class SiloLook(ISiloMembers members, IGrainFactory grains, TimeProvider time)
{
    /// <summary>
    /// Every silo that the membership knows, the active ones asked, all at once; null where the membership cannot be read.
    /// </summary>
    public async Task<SiloView[]?> Silos(CancellationToken cancel)
    {
        var all = await Answered.InTime(time, members.All, cancel);
        return all is null ? null : await Task.WhenAll(all.Select(silo => View(silo, cancel)));
    }

    /// <summary>The Api processes; null where the cluster does not answer.</summary>
    public async Task<ApiNodeView[]?> Nodes(CancellationToken cancel) =>
        (await Answered.InTime(time, _ => grains.GetGrain<IApiNodesGrain>(IApiNodesGrain.Key).All(), cancel))?.Select(ApiNodeView.Of)
            .ToArray();

    private async Task<SiloView> View(SiloMember silo, CancellationToken cancel) =>
        SiloView.Of(silo, silo.Status == SiloStatus.Active ? await Answered.InTime(time, _ => Ask(silo.Address), cancel) : null);

    // The request context ends with this method: the hint is for this call alone.
    private async Task<SiloReport> Ask(SiloAddress silo)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, silo);
        return await grains.GetGrain<ISiloGrain>(silo.ToParsableString()).Report();
    }
}
