using Tms.Domain.Sessions;
using Tms.Grains.Abstractions.Sessions;
using Tms.Grains.Hosting;

namespace Tms.Grains.Sessions;

// Asked once, when it ends: not worth keeping in memory.
[GrainType("session")]
internal sealed class SessionGrain(AggregateServices services)
    : DeciderGrain<Session, SessionCommand, SessionEvent, SessionView>(SessionDecider.Instance, services), ISessionGrain
{
    protected override SessionView View(Session state) => new(state.Id, state.UserId, state.Reason, state.EndedAt);
}
