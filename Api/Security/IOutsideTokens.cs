using Microsoft.IdentityModel.JsonWebTokens;

namespace Tms.Api.Security;

/// <summary>Finds whom a token lets in that we did not make.</summary>
public interface IOutsideTokens
{
    /// <summary>The caller of a token; null where it does not hold, or is nobody's here.</summary>
    /// <param name="token">The token, parsed and not yet believed.</param>
    /// <param name="until">How long the answer may be remembered at most.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <exception cref="EventStore.StoreUnavailableException">It cannot be found out now.</exception>
    Task<Caller?> Find(JsonWebToken token, DateTimeOffset until, CancellationToken cancel);
}

/// <summary>Where there is no outside authority.</summary>
internal sealed class NoOutsideTokens : IOutsideTokens
{
    public Task<Caller?> Find(JsonWebToken token, DateTimeOffset until, CancellationToken cancel) => Task.FromResult<Caller?>(null);
}
