using System.Security.Cryptography;
using System.Text;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Auth;

/// <summary>Whose an e-mail address is.</summary>
/// <param name="Tenant">The user's tenant.</param>
/// <param name="Id">The user.</param>
/// <param name="IsUser">Whether there is such a user.</param>
internal sealed record Account(TenantId Tenant, Guid Id, bool IsUser)
{
    /// <summary>
    /// The account of an address that somebody has reserved, or the one under which tries of an address are counted that nobody has.
    /// </summary>
    public static Account Of(string email, Reservation? holder) => holder is { } held
        ? new Account(held.Tenant, held.Owner, IsUser: true)
        : new Account(TenantId.Platform, DerivedIds.Of(SHA256.HashData(Encoding.UTF8.GetBytes("nobody/" + email)), 0), IsUser: false);
}
