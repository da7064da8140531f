namespace Tms.Api.Security;

/// <summary>Finds whom an API key lets in.</summary>
public interface IApiKeys
{
    /// <summary>The caller that a key is; null where the secret is not the key's, or the key was revoked.</summary>
    /// <param name="key">The key as it was sent.</param>
    /// <param name="until">How long the answer may be remembered.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <exception cref="EventStore.StoreUnavailableException">It cannot be found out now.</exception>
    Task<Caller?> Find(ApiKeyText key, DateTimeOffset until, CancellationToken cancel);
}
