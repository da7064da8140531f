using Tms.Grains.Abstractions.Realtime;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Realtime;

/// <summary>The counts as grains, one per user.</summary>
internal sealed class OrleansConnectionLeases(IGrainFactory grains, TimeProvider time) : IConnectionLeases
{
    // Who connects waits for it: a cluster that does not answer by then counts as unreachable.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Guid _node = Guid.NewGuid();

    /// <inheritdoc />
    public async Task<bool> Enter(UserKey user, int connections, int limit)
    {
        using var scope = CallerTenant.ActingFor(user.Tenant);
        return await Grain(user).Enter(_node, connections, limit).WaitAsync(Patience, time);
    }

    /// <inheritdoc />
    public void Renew(UserKey user, int connections) => _ = Say(user, connections);

    private async Task Say(UserKey user, int connections)
    {
        try
        {
            using var scope = CallerTenant.ActingFor(user.Tenant);
            await Grain(user).Renew(_node, connections);
        }
        catch (Exception)
        {
            // It is said again in a few seconds.
        }
    }

    private IUserConnectionsGrain Grain(UserKey user) => grains.GetGrain<IUserConnectionsGrain>(GrainKey.For(user.Tenant, user.User));
}
