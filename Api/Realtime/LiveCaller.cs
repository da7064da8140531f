using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Realtime;

/// <summary>Who is behind a live connection, as the access token says.</summary>
/// <param name="UserId">Claim <c>sub</c>.</param>
/// <param name="Role">Claim <c>role</c>.</param>
/// <param name="CompanyId">Claim <c>companyId</c>; null for a user of no company.</param>
/// <param name="ExpiresAt">Claim <c>exp</c>, UTC.</param>
/// <param name="TokenId">Claim <c>jti</c>: what a revocation may name.</param>
/// <param name="SessionId">Claim <c>sid</c>: what a revocation may name; null where the token has none.</param>
internal sealed record LiveCaller(Guid UserId, Role Role, Guid? CompanyId, DateTimeOffset ExpiresAt, Guid TokenId, Guid? SessionId)
{
    private const string Scope = "scope";
    private const long LastUnixSecond = 253_402_300_799;

    /// <summary>The caller; null when a claim that is needed is missing or wrong.</summary>
    public static LiveCaller? From(ClaimsPrincipal? user)
    {
        if (!Guid.TryParse(user?.FindFirstValue("sub"), out var id)
            || RolePermissions.FromWire(user.FindFirstValue("role")) is not { } role
            || !Guid.TryParse(user.FindFirstValue("jti"), out var token)
            || !long.TryParse(user.FindFirstValue("exp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, LastUnixSecond));
        return new(id, role, Uuid(user, "companyId"), expires, token, Uuid(user, "sid"))
        {
            UserVersion = Version(user),
            KeyId = user.FindFirstValue("kid"),
            Scopes = ScopesOf(user),
        };
    }

    /// <summary>Claim <c>ver</c>: the version of the user that the token was made from; null where it does not say.</summary>
    public int? UserVersion { get; init; }

    /// <summary>Which of our keys signed the token; null where none did.</summary>
    public string? KeyId { get; init; }

    /// <summary>What an API key may do; null for a person, whose role says it.</summary>
    public FrozenSet<Permission>? Scopes { get; init; }

    /// <summary>Whether the caller has a permission: by its role, and a key by its scopes alone.</summary>
    public bool May(Permission permission) => Scopes is null ? Role.May(permission) : Scopes.Contains(permission);

    /// <summary>The user with its own tenant: an ADMIN's is the platform.</summary>
    public UserKey Key => new(CompanyId ?? TenantId.Platform.Value, UserId);

    /// <summary>The company whose events the caller follows; false when the caller may not follow the one it names.</summary>
    /// <param name="named">The company that the connection names with <c>?companyId=</c>; null when it names none.</param>
    /// <param name="company">An ADMIN's is the named one, everybody else's the own one; null: none.</param>
    public bool TryFollow(Guid? named, out Guid? company)
    {
        company = Role == Role.Admin ? named : CompanyId;
        return Role == Role.Admin || named is null || named == CompanyId;
    }

    private static int? Version(ClaimsPrincipal user) =>
        int.TryParse(user.FindFirstValue("ver"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static FrozenSet<Permission>? ScopesOf(ClaimsPrincipal user) =>
        user.HasClaim(static claim => claim.Type == Scope)
            ? user.FindAll(Scope).Select(static claim => Enum.Parse<Permission>(claim.Value)).ToFrozenSet()
            : null;

    private static Guid? Uuid(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;
}
