using System.Collections.Frozen;
using System.Security.Cryptography;
using Tms.Api.Http;
using Tms.Domain.ApiKeys;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.ApiKeys;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Security;

/// <summary>API keys as the store keeps them: the secret's hash beside the log, the scopes in the key's own stream.</summary>
internal sealed class StoredApiKeys(IEventReader store, IGrainFactory grains) : IApiKeys
{
    public async Task<Caller?> Find(ApiKeyText key, DateTimeOffset until, CancellationToken cancel)
    {
        var kept = await store.FindSecret(new(key.Company), key.Key, ApiKeyDecider.Secret, cancel);
        if (!CryptographicOperations.FixedTimeEquals(ApiKeyText.Hash(key.Secret), kept ?? [])) return null;
        return await View(key) is { RevokedAt: null } view ? CallerOf(key, view, until) : null;
    }

    // A key has the role of whoever runs a company where roles are compared; what it may is its scopes alone.
    private static Caller CallerOf(ApiKeyText key, ApiKeyView view, DateTimeOffset until) =>
        new(key.Key, "", Role.Hovedbruker, key.Company, key.Key, until) { Scopes = view.Scopes.Append(Permission.Live).ToFrozenSet() };

    private async Task<ApiKeyView?> View(ApiKeyText key)
    {
        CallerTenant.Set(key.Company);
        try
        {
            return await grains.GetGrain<IApiKeyGrain>(GrainKey.For(key.Company, key.Key)).Get();
        }
        catch (Exception e) when (Faults.IsUnavailable(e))
        {
            throw new StoreUnavailableException("The API key cannot be looked up.", e);
        }
    }
}
