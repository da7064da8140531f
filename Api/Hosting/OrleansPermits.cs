using Tms.Grains.Abstractions.Limits;

namespace Tms.Api.Hosting;

/// <summary>The permits as grains, one per caller and window.</summary>
internal sealed class OrleansPermits(IGrainFactory grains, TimeProvider time) : IPermits
{
    // A request waits for it: a cluster that does not answer by then counts as unreachable.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Guid _node = Guid.NewGuid();

    public async Task<(int Given, int Left)> Take(PermitWindow window, int had, int wanted)
    {
        var grain = grains.GetGrain<IPermitGrain>($"limits/{window.Name}");
        var answer = await grain.Take(new(_node, had, wanted, window.Limit, window.EndsAt)).WaitAsync(Patience, time);
        return (answer.Given, answer.Left);
    }
}
