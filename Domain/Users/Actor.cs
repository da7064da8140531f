using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>Who asks for something that not everybody may ask of everybody.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Role">The role of the moment; an API key has the one of whoever runs a company.</param>
[GenerateSerializer, Immutable, Alias("tms.users.actor")]
public sealed record Actor([property: Id(0)] Guid UserId, [property: Id(1)] Role Role)
{
    private static readonly Refusal Above =
        new(RefusalKind.Forbidden, UserCodes.RoleAboveOwn, "Nobody gives or takes a role above the own one.");

    /// <summary>Why the actor may not deal with somebody of a role; null: it may. Never above the own one (contract, section 4).</summary>
    internal Refusal? MayDealWith(Role role) => role > Role ? Above : null;
}
