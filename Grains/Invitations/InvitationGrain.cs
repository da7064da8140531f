using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Hosting;
using Tms.Grains.Users;

namespace Tms.Grains.Invitations;

[GrainType("invitation")]
internal sealed class InvitationGrain(AggregateServices services)
    : DeciderGrain<Invitation, InvitationCommand, InvitationEvent, InvitationView>(InvitationDecider.Instance, services), IInvitationGrain
{
    protected override InvitationView View(Invitation state) => InvitationView.Of(state);

    protected override async ValueTask<InvitationCommand> Complete(InvitationCommand command) => command switch
    {
        InviteUser invite => invite with { IsMember = await IsMember(Email.Normalise(invite.Email)) },
        AcceptInvitation accept => accept with { Inviter = await Inviter() },
        _ => command,
    };

    private async Task<bool> IsMember(string email) =>
        await Services.Reader.FindReservation(Registration.EmailScope, email) is { } holder && holder.Tenant == Log.Tenant;

    // A user of the company, or else an ADMIN, who is one of the platform.
    private async Task<Inviter?> Inviter() => await Active(Log.Tenant) is { } member ? new(Of(member), member.Version)
        : await Active(TenantId.Platform) is { } admin ? new(Of(admin), 0)
        : null;

    private async Task<User?> Active(TenantId tenant) =>
        await Services.User(tenant, Current.InvitedBy) is { IsActive: true } user ? user : null;

    private static Actor Of(User user) => new(user.Id, user.Role);
}
