using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Hosting;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Security;

/// <summary>Makes access tokens: ES256, 15 minutes, claims <c>iss,aud,sub,email,role,companyId,jti,sid,ver</c>.</summary>
public sealed class TokenIssuer(SigningKeys keys, ApiSettings settings, TimeProvider time)
{
    /// <summary>How long a token holds.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>
    /// A token that says what a user is now. It names the version that it was made from: where the user has changed since, or is changing,
    /// it does not hold.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="session">The session it belongs to; null: none.</param>
    public (string Token, Caller Caller) Issue(UserView user, Guid? session = null) =>
        Issue(user.Id, user.Email, user.Role, user.CompanyId, session, user.Version);

    /// <summary>A token for a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="email">Address.</param>
    /// <param name="role">Role.</param>
    /// <param name="company">Own company; null for an ADMIN only.</param>
    /// <param name="session">The session it belongs to; null: none.</param>
    /// <param name="version">The user's version that all this was read from; null: the token's time stands for it.</param>
    public (string Token, Caller Caller) Issue(Guid user, string email, Role role, Guid? company, Guid? session = null, int? version = null)
    {
        var now = time.GetUtcNow();
        var key = keys.Current;
        var caller = new Caller(user, email, role, company, Guid.CreateVersion7(now), now + Lifetime)
        {
            SessionId = session,
            UserVersion = version,
            KeyId = key.Kid,
        };
        return (_handler.CreateToken(Describe(caller, key, now)), caller);
    }

    private SecurityTokenDescriptor Describe(Caller caller, SigningCredentials key, DateTimeOffset now) => new()
    {
        Issuer = settings.Tokens.Issuer,
        Audience = settings.Tokens.Audience,
        IssuedAt = now.UtcDateTime,
        NotBefore = now.UtcDateTime,
        Expires = caller.ExpiresAt.UtcDateTime,
        SigningCredentials = key,
        Claims = Claims(caller),
    };

    private static Dictionary<string, object> Claims(Caller caller)
    {
        var claims = new Dictionary<string, object>
        {
            ["sub"] = caller.Actor,
            ["email"] = caller.Email,
            ["role"] = caller.Role.ToWire(),
            ["jti"] = caller.TokenId.ToString(),
        };
        if (caller.CompanyId is { } company) claims["companyId"] = company.ToString();
        if (caller.SessionId is { } session) claims["sid"] = session.ToString();
        if (caller.UserVersion is { } version) claims["ver"] = version;
        return claims;
    }
}
