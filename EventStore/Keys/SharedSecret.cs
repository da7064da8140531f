using System.Security.Cryptography;

namespace Tms.EventStore.Keys;

/// <summary>
/// One symmetric key of 32 bytes that all processes share: made by the first that needs it, kept in the store, wrapped by the master key.
/// </summary>
public sealed class SharedSecret(string purpose, IKeyStore store, MasterKey master, TimeProvider time)
{
    private const int Size = 32;
    private byte[]? _key;

    /// <summary>The key. The store is asked once for the life of the process.</summary>
    /// <exception cref="Hosting.ConfigurationFaultException">The master key is not the one that wrapped it.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async ValueTask<byte[]> Get(CancellationToken cancel) => _key ??= await Load(cancel);

    private async Task<byte[]> Load(CancellationToken cancel)
    {
        var stored = await store.All(purpose, cancel);
        if (stored.Count == 0)
        {
            await store.Add(New(), onlyFirst: true, cancel);
            stored = await store.All(purpose, cancel);
        }

        return master.Unwrap(purpose, stored[0].Id, stored[0].Wrapped);
    }

    private StoredKey New()
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return new(id, purpose, time.GetUtcNow(), [], master.Wrap(purpose, id, RandomNumberGenerator.GetBytes(Size)));
    }
}
