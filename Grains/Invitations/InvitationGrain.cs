using Tms.Domain.Invitations;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Hosting;

namespace Tms.Grains.Invitations;

[GrainType("invitation")]
internal sealed class InvitationGrain(AggregateServices services)
    : DeciderGrain<Invitation, InvitationCommand, InvitationEvent, InvitationView>(InvitationDecider.Instance, services), IInvitationGrain
{
    protected override InvitationView View(Invitation state) => InvitationView.Of(state);
}
