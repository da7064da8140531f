using System.Collections.Frozen;
using System.Globalization;
using System.Security.Claims;
using Tms.Domain.Access;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>Who calls, as the access token says. One object per token, shared by all its requests.</summary>
/// <param name="UserId">Claim <c>sub</c>.</param>
/// <param name="Email">Claim <c>email</c>.</param>
/// <param name="Role">Claim <c>role</c>.</param>
/// <param name="CompanyId">Claim <c>companyId</c>; null for an ADMIN, who belongs to the platform.</param>
/// <param name="TokenId">Claim <c>jti</c>, UUID v7: it holds the millisecond at which the token was made.</param>
/// <param name="ExpiresAt">Claim <c>exp</c>.</param>
public sealed record Caller(Guid UserId, string Email, Role Role, Guid? CompanyId, Guid TokenId, DateTimeOffset ExpiresAt)
{
    /// <summary>Claim <c>sid</c>: the session (family of refresh tokens) that the token belongs to; null where it has none.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The token's <c>kid</c>: which of our keys signed it; null where none did.</summary>
    public string? KeyId { get; init; }

    /// <summary>Claim <c>ver</c>: the version of the user that the token was made from; null where it does not say.</summary>
    public int? UserVersion { get; init; }

    /// <summary>
    /// Whether an outside authority made the token: who that is here is looked up anew every quarter of an hour, and after every change of
    /// the user.
    /// </summary>
    public bool IsFromOutside { get; init; }

    /// <summary>What an API key may do; null for a person, whose role says it.</summary>
    public FrozenSet<Permission>? Scopes { get; init; }

    /// <summary>Whether another system calls, with a company's API key: <see cref="UserId"/> is then the key's id.</summary>
    public bool IsKey => Scopes is not null;

    /// <summary>The user's id as it stands on events.</summary>
    public string Actor { get; } = UserId.ToString();

    /// <summary>The tenant that the caller belongs to.</summary>
    public TenantId Home => CompanyId is { } company ? new TenantId(company) : TenantId.Platform;

    /// <summary>Whether the caller has a permission: by its role, and a key by its scopes alone.</summary>
    public bool May(Permission permission) => Scopes is null ? Role.May(permission) : Scopes.Contains(permission);

    /// <summary>The caller as far as it decides what the caller sees of a tenant.</summary>
    public Viewer In(TenantId tenant) => new(tenant.Value, May) { Person = IsKey ? null : UserId };

    /// <summary>The same as claims, for what speaks ASP.NET's language (hub, dashboard).</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, "sub", "role");
        identity.AddClaim(new Claim("sub", Actor));
        identity.AddClaim(new Claim("email", Email));
        identity.AddClaim(new Claim("role", Role.ToWire()));
        if (CompanyId is { } company) identity.AddClaim(new Claim("companyId", company.ToString()));
        identity.AddClaim(new Claim("jti", TokenId.ToString()));
        if (SessionId is { } session) identity.AddClaim(new Claim("sid", session.ToString()));
        if (UserVersion is { } version) identity.AddClaim(new Claim("ver", version.ToString(CultureInfo.InvariantCulture)));
        if (KeyId is not null) identity.AddClaim(new Claim("kid", KeyId));
        if (Scopes is not null) identity.AddClaims(Scopes.Select(scope => new Claim("scope", scope.ToString())));
        identity.AddClaim(new Claim("exp", ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        return new CallerPrincipal(identity, this);
    }
}

/// <summary>A principal that keeps the caller it was made of.</summary>
/// <param name="identity">The claims.</param>
/// <param name="caller">The caller.</param>
public sealed class CallerPrincipal(ClaimsIdentity identity, Caller caller) : ClaimsPrincipal(identity)
{
    /// <summary>Who it is.</summary>
    public Caller Caller { get; } = caller;
}
