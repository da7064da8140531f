using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Sessions;
using Tms.EventStore;
using Tms.Grains.Abstractions.Sessions;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Auth;

/// <summary>Commits that a session has ended, for every node to follow.</summary>
public sealed class SessionEnds(IGrainFactory grains, RecentRevocations revocations, TimeProvider time)
{
    /// <summary>Ends when the end is durable, and known on this node. Doing it again changes nothing.</summary>
    /// <exception cref="StoreUnavailableException">It is not known to be durable.</exception>
    public async Task Commit(Guid session, Guid user, SessionEnd reason, string correlation)
    {
        CallerTenant.Set(TenantId.Platform.Value);
        var command = new CommandContext(Guid.CreateVersion7(time.GetUtcNow()), user.ToString(), correlation);
        var outcome = await grains.GetGrain<ISessionGrain>(GrainKey.For(TenantId.Platform.Value, session))
            .Send(new EndSession(user, reason), command);
        if (outcome.Kind != OutcomeKind.Done)
            throw new StoreUnavailableException($"The end of session {session} could not be stored: {outcome.Kind}.");
        revocations.End(session);
    }
}
