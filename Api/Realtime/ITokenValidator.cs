using System.Security.Claims;

namespace Tms.Api.Realtime;

/// <summary>Checks an access token that a connected client brings.</summary>
internal interface ITokenValidator
{
    /// <summary>The token's claims, under the names on the wire (<c>sub</c>, <c>role</c>, …); null when it is not valid now.</summary>
    Task<ClaimsPrincipal?> Validate(string token);

    /// <summary>
    /// Whether this node knows what was revoked, and which modules companies have: while it does not, nothing is sent. Asked for every
    /// event.
    /// </summary>
    bool IsSure { get; }

    /// <summary>
    /// Whether a caller's token, session or user was revoked, as far as this node knows. Asked many times a second: answers from memory.
    /// </summary>
    bool IsRevoked(LiveCaller caller);
}
