using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Security;

/// <summary>
/// The ES256 keys of access tokens: kept in the store, wrapped by the master key, shared by all processes, and followed by new ones.
/// </summary>
/// <remarks>
/// A new key is published an hour before it signs, and an old one until its last token has expired: whoever verifies always finds the key,
/// however old its copy.
/// An unknown <c>kid</c> makes the store be asked again, at most every ten seconds. One that was withdrawn holds no more, and its successor
/// signs at once.
/// </remarks>
public sealed class SigningKeys(IKeyStore store, MasterKey master, TimeProvider time) : IDisposable
{
    /// <summary>How long a key is published before it signs.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a key is published after its successor has begun to sign: a token's lifetime, and five minutes for clocks that differ.
    /// </summary>
    public static readonly TimeSpan Afterwards = TokenIssuer.Lifetime + TimeSpan.FromMinutes(5);

    private const string Purpose = "access-token";
    private static readonly TimeSpan ReloadPause = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile SigningKeyRing? _ring;
    private DateTimeOffset _reloadAfter;
    private volatile bool _outdated;

    /// <summary>The key that signs.</summary>
    public SigningCredentials Current => new(Ring.At(time.GetUtcNow()).Key, SecurityAlgorithms.EcdsaSha256);

    /// <summary>All keys that verify, or will, oldest first.</summary>
    public IReadOnlyList<ECDsaSecurityKey> Published => [.. Ring.All.Where(key => key.HoldsAt(time.GetUtcNow())).Select(key => key.Key)];

    private SigningKeyRing Ring => _ring ?? throw new InvalidOperationException("Signing keys are loaded when the host starts.");

    /// <summary>Whether a key was withdrawn, as far as this node knows: no token of it holds, whenever it was verified.</summary>
    public bool IsWithdrawn(string? kid) => kid is not null && _ring is { } ring && ring.IsWithdrawn(kid);

    /// <summary>Loads the keys, and makes the first one where there is none.</summary>
    /// <exception cref="EventStore.Hosting.ConfigurationFaultException">The master key is not the one that wrapped them.</exception>
    public async Task Load(CancellationToken cancel)
    {
        if ((await store.All(Purpose, cancel)).Count == 0) await store.Add(Create(), onlyFirst: true, cancel);
        await Alone(() => Reload(cancel), cancel);
    }

    /// <summary>The key of a <c>kid</c> while its tokens may hold; null where nobody has it, or it has ended.</summary>
    public async ValueTask<ECDsaSecurityKey?> Find(string kid, CancellationToken cancel)
    {
        if (Ring.Find(kid, time.GetUtcNow()) is { } key) return key;
        await Learn(kid, cancel);
        return Ring.Find(kid, time.GetUtcNow());
    }

    /// <summary>
    /// The key of a <c>kid</c>, for what was signed to hold for ever: also one that signs no more and whose tokens have ended. Null where
    /// nobody has had it, and where it was withdrawn: its thief signs what he likes.
    /// </summary>
    /// <remarks>No key is ever taken out of the store.</remarks>
    public async ValueTask<ECDsaSecurityKey?> FindEver(string kid, CancellationToken cancel)
    {
        await Learn(kid, cancel);
        return Ring.FindEver(kid);
    }

    /// <summary>
    /// Reads what other nodes have made, and makes the next key where the newest has signed, or will have, for a lifetime when it could
    /// follow.
    /// </summary>
    /// <param name="lifetime">How long a key signs; zero: the next key is made now, unless one is waiting already.</param>
    /// <param name="cancel">Cancels the wait.</param>
    /// <returns>The newest key, and whether it was made here and now.</returns>
    public Task<(SigningKey Newest, bool Made)> Follow(TimeSpan lifetime, CancellationToken cancel) => Alone(async () =>
    {
        await Reload(cancel);
        var (newest, now) = (Ring.Newest, time.GetUtcNow());
        if (newest.SignsFrom > now || now + Ahead < newest.SignsFrom + lifetime) return (newest, false);
        var made = await store.AddAfter(Create(), Ring.All[^1].Key.KeyId, cancel);
        await Reload(cancel);
        return (Ring.Newest, made);
    }, cancel);

    /// <summary>
    /// Notes on a key that no token of it holds any more. Where it was the one that signs, the next one signs at once, and is made where
    /// none waits.
    /// </summary>
    /// <returns>Since when it is withdrawn; null where there is no such key.</returns>
    public async Task<DateTimeOffset?> Withdraw(string kid, CancellationToken cancel)
    {
        if (await store.Withdraw(Purpose, kid, time.GetUtcNow(), cancel) is not { } at) return null;
        await Alone(() => Reload(cancel), cancel);
        return at;
    }

    /// <summary>
    /// Says that the store has other keys than this node: a node has withdrawn one. They are read by <see cref="Refresh"/>.
    /// </summary>
    public void Outdate() => _outdated = true;

    /// <summary>Reads the keys where they are outdated.</summary>
    public async Task Refresh(CancellationToken cancel)
    {
        if (!_outdated || _ring is null) return;
        _outdated = false;
        try
        {
            await Alone(() => Reload(cancel), cancel);
        }
        catch
        {
            _outdated = true;
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _loading.Dispose();

    private Task Learn(string kid, CancellationToken cancel) => Ring.Knows(kid)
        ? Task.CompletedTask
        : Alone(async () => Ring.Knows(kid) || time.GetUtcNow() < _reloadAfter ? Ring : await Reload(cancel), cancel);

    // One read at a time: what was read before a key was withdrawn must not replace what was read after it.
    private async Task<T> Alone<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _loading.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _loading.Release();
        }
    }

    // Where the key that signs was withdrawn, whoever sees it first makes the next, and nobody sees the keys without it.
    private async Task<SigningKeyRing> Reload(CancellationToken cancel)
    {
        _reloadAfter = time.GetUtcNow() + ReloadPause;
        var ring = await Read(cancel);
        if (ring.NeedsNext(time.GetUtcNow()))
        {
            await store.AddAfter(Create(), ring.All[^1].Key.KeyId, cancel);
            ring = await Read(cancel);
        }

        return _ring = ring;
    }

    private async Task<SigningKeyRing> Read(CancellationToken cancel) =>
        new([.. (await store.All(Purpose, cancel)).Select(stored => (Open(stored), stored.CreatedAt, stored.WithdrawnAt))]);

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
        return new StoredKey(
            id, Purpose, time.GetUtcNow(), key.ExportSubjectPublicKeyInfo(), master.Wrap(Purpose, id, key.ExportPkcs8PrivateKey()));
    }
}
