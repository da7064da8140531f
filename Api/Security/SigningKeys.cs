using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Security;

/// <summary>The ES256 keys of access tokens: made on the first start, kept in the store, shared by all processes.</summary>
/// <remarks>The newest key signs, all of them verify. An unknown <c>kid</c> makes the store be asked again, at most every ten seconds.</remarks>
public sealed class SigningKeys(IKeyStore store, MasterKey master, TimeProvider time) : IDisposable
{
    private const string Purpose = "access-token";
    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded _loaded = new(FrozenDictionary<string, ECDsaSecurityKey>.Empty, null);
    private DateTimeOffset _reloadAfter;

    /// <summary>The key that signs.</summary>
    public SigningCredentials Current => _loaded.Current ?? throw new InvalidOperationException("Signing keys are loaded when the host starts.");

    /// <summary>All keys that verify, by <c>kid</c>.</summary>
    public IReadOnlyDictionary<string, ECDsaSecurityKey> All => _loaded.Keys;

    /// <summary>Loads the keys, and makes the first one where there is none.</summary>
    /// <exception cref="EventStore.Hosting.ConfigurationFaultException">The master key is not the one that wrapped them.</exception>
    public async Task Load(CancellationToken cancel)
    {
        if ((await store.All(Purpose, cancel)).Count == 0) await store.Add(Create(), onlyFirst: true, cancel);
        await Reload(cancel);
    }

    /// <summary>The key of a <c>kid</c>; null where nobody has it.</summary>
    public async ValueTask<ECDsaSecurityKey?> Find(string kid, CancellationToken cancel)
    {
        if (_loaded.Keys.TryGetValue(kid, out var key)) return key;
        await _loading.WaitAsync(cancel);
        try
        {
            if (!_loaded.Keys.ContainsKey(kid) && time.GetUtcNow() >= _reloadAfter) await Reload(cancel);
        }
        finally
        {
            _loading.Release();
        }

        return _loaded.Keys.GetValueOrDefault(kid);
    }

    /// <inheritdoc />
    public void Dispose() => _loading.Dispose();

    private async Task Reload(CancellationToken cancel)
    {
        _reloadAfter = time.GetUtcNow() + ReloadPause;
        var stored = await store.All(Purpose, cancel);
        var keys = stored.Select(Open).ToList();
        _loaded = new Loaded(keys.ToFrozenDictionary(key => key.KeyId), new SigningCredentials(keys[^1], SecurityAlgorithms.EcdsaSha256));
    }

    private ECDsaSecurityKey Open(StoredKey stored)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(master.Unwrap(Purpose, stored.Id, stored.Wrapped), out _);
        return new ECDsaSecurityKey(key) { KeyId = stored.Id };
    }

    private StoredKey Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return new StoredKey(id, Purpose, time.GetUtcNow(), key.ExportSubjectPublicKeyInfo(), master.Wrap(Purpose, id, key.ExportPkcs8PrivateKey()));
    }

    private sealed record Loaded(FrozenDictionary<string, ECDsaSecurityKey> Keys, SigningCredentials? Current);
}
