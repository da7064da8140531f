using Tms.Domain.Invitations;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Invitations;

/// <summary>One invitation into a company; its id becomes the id of the user who joins.</summary>
[Alias("tms.invitations")]
public interface IInvitationGrain : IAggregateGrain<InvitationCommand, InvitationView>;
