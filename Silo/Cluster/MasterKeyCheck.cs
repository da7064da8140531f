using System.Security.Cryptography;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;

namespace Tms.Silo.Cluster;

/// <summary>
/// Stops the start of a process whose master key is not the one of the store, before it could write what no other process opens.
/// </summary>
/// <remarks>The first process on a new store leaves a key there that is good for nothing else.</remarks>
internal sealed class MasterKeyCheck(IKeyStore store, MasterKey master, TimeProvider time) : IHostedService
{
    private const string Purpose = "master-check";

    // The keys of access tokens are there since before there was one to check with.
    private static readonly string[] Looked = ["access-token", Purpose];

    /// <exception cref="ConfigurationFaultException">Another master key wrapped the store's keys.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var purpose in Looked) await Open(purpose, cancellationToken);
        await store.Add(New(), onlyFirst: true, cancellationToken);
        await Open(Purpose, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Open(string purpose, CancellationToken cancel)
    {
        foreach (var key in await store.All(purpose, cancel)) master.Unwrap(purpose, key.Id, key.Wrapped);
    }

    private StoredKey New()
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return new(id, Purpose, time.GetUtcNow(), [], master.Wrap(Purpose, id, RandomNumberGenerator.GetBytes(32)));
    }
}
