using System.Security.Claims;
using Tms.Api.Realtime;

namespace Tms.Api.Security;

/// <summary>Checks tokens that live connections bring later: by the same reader as every request's.</summary>
internal sealed class LiveTokens(TokenReader tokens, RecentRevocations known, IRevocations revocations, SigningKeys keys) : ITokenValidator
{
    public bool IsSure => revocations.IsSure;

    public bool IsRevoked(LiveCaller caller) =>
        known.Names(caller.UserId, caller.TokenId, caller.SessionId, caller.UserVersion) || keys.IsWithdrawn(caller.KeyId);

    public async Task<ClaimsPrincipal?> Validate(string token) => await tokens.ReadAnew(token, CancellationToken.None);
}
