using Tms.Api.Http;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.ReadModels.Users;

namespace Tms.Api.Auth;

/// <summary>
/// Addresses that somebody registered with, alone in a company, and never showed to be theirs: somebody who has shown it may take such an
/// address over.
/// </summary>
public sealed class UnshownAddresses(IEventReader store, IGrainFactory grains, UserList users, TimeProvider time)
{
    /// <summary>Frees an address; false if its holder has shown it, or is not alone.</summary>
    /// <param name="address">The address, however it is written.</param>
    /// <param name="actor">Whoever has shown to read mail there.</param>
    /// <param name="correlation">Of the request.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <exception cref="StoreUnavailableException">Whether it is free is not known.</exception>
    public async Task<bool> Free(string address, Guid actor, string correlation, CancellationToken cancel)
    {
        if (await store.FindReservation(Registration.EmailScope, Email.Normalise(address), cancel) is not { } holder) return true;
        if (holder.Tenant == TenantId.Platform || await users.CountOfCompany(holder.Tenant, null, cancel) != 1) return false;
        CallerTenant.Set(holder.Tenant.Value);
        var command = new CommandContext(Guid.CreateVersion7(time.GetUtcNow()), actor.ToString(), correlation);
        var outcome = await grains.GetGrain<IUserGrain>(GrainKey.For(holder.Tenant.Value, holder.Owner)).Send(new ReleaseEmail(), command);
        return outcome.Kind == OutcomeKind.Done;
    }
}
