using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Security;

/// <summary>The ES256 keys of access tokens: kept in the store, wrapped by the master key, shared by all processes, and followed by new ones.</summary>
/// <remarks>
/// A new key is published an hour before it signs, and an old one until its last token has expired: whoever verifies always finds the key, however old its copy.
/// An unknown <c>kid</c> makes the store be asked again, at most every ten seconds.
/// </remarks>
public sealed class SigningKeys(IKeyStore store, MasterKey master, TimeProvider time) : IDisposable
{
    /// <summary>How long a key is published before it signs.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>How long a key is published after its successor has begun to sign: a token's lifetime, and five minutes for clocks that differ.</summary>
    public static readonly TimeSpan Afterwards = TokenIssuer.Lifetime + TimeSpan.FromMinutes(5);

    private const string Purpose = "access-token";
    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile SigningKeyRing? _ring;
    private DateTimeOffset _reloadAfter;

    /// <summary>The key that signs.</summary>
    public SigningCredentials Current => new(Ring.At(time.GetUtcNow()).Key, SecurityAlgorithms.EcdsaSha256);

    /// <summary>All keys that verify, or will, oldest first.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Published => [.. Ring.All.Where(key => time.GetUtcNow() < key.EndsAt).Select(key => key.Key)];

    private SigningKeyRing Ring => _ring ?? throw new InvalidOperationException("Signing keys are loaded when the host starts.");

    /// <summary>Loads the keys, and makes the first one where there is none.</summary>
    /// <exception cref="EventStore.Hosting.ConfigurationFaultException">The master key is not the one that wrapped them.</exception>
    public async Task Load(CancellationToken cancel)
    {
        if ((await store.All(Purpose, cancel)).Count == 0) await store.Add(Create(), onlyFirst: true, cancel);
        await Reload(cancel);
    }

    /// <summary>The key of a <c>kid</c> while its tokens may hold; null where nobody has it, or it has ended.</summary>
    public async ValueTask<ECDsaSecurityKey?> Find(string kid, CancellationToken cancel)
    {
        if (Ring.Find(kid, time.GetUtcNow()) is { } key) return key;
        await Learn(kid, cancel);
        return Ring.Find(kid, time.GetUtcNow());
    }

    /// <summary>The key of a <c>kid</c>, for what was signed to hold for ever: also one that signs no more and whose tokens have ended. Null where nobody has had it.</summary>
    /// <remarks>No key is ever taken out of the store.</remarks>
    public async ValueTask<ECDsaSecurityKey?> FindEver(string kid, CancellationToken cancel)
    {
        await Learn(kid, cancel);
        return Ring.FindEver(kid);
    }

    /// <summary>Reads what other nodes have made, and makes the next key where the newest has signed, or will have, for a lifetime when it could follow.</summary>
    /// <param name="lifetime">How long a key signs; zero: the next key is made now, unless one is waiting already.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <returns>The newest key, and whether it was made here and now.</returns>
    public async Task<(SigningKey Newest, bool Made)> Follow(TimeSpan lifetime, CancellationToken cancel)
    {
        await Reload(cancel);
        var newest = Ring.Newest;
        var now = time.GetUtcNow();
        if (newest.SignsFrom > now || now + Ahead < newest.SignsFrom + lifetime) return (newest, false);
        var made = await store.AddAfter(Create(), newest.Key.KeyId, cancel);
        await Reload(cancel);
        return (Ring.Newest, made);
    }

    /// <inheritdoc />
    public void Dispose() => _loading.Dispose();

    private async ValueTask Learn(string kid, CancellationToken cancel)
    {
        if (Ring.Knows(kid)) return;
        await _loading.WaitAsync(cancel);
        try
        {
            if (!Ring.Knows(kid) && time.GetUtcNow() >= _reloadAfter) await Reload(cancel);
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task Reload(CancellationToken cancel)
    {
        _reloadAfter = time.GetUtcNow() + ReloadPause;
        _ring = new SigningKeyRing([.. (await store.All(Purpose, cancel)).Select(stored => (Open(stored), stored.CreatedAt))]);
    }

    // What verifies tokens is remembered with the key: it is opened once.
    private ECDsaSecurityKey Open(StoredKey stored)
    {
        if (_ring?.All.FirstOrDefault(known => known.Key.KeyId == stored.Id) is { } known) return known.Key;
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
}
