using System.Collections.Concurrent;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Tests.Support;

internal sealed class MemoryCheckpoints : ICheckpoints
{
    private readonly ConcurrentDictionary<(string Name, int Partition), GlobalPosition> _saved = new();

    public Counted Saves { get; } = new();

    /// <summary>While set, nothing can be saved.</summary>
    public bool Down { get; set; }

    public GlobalPosition Of(TenantId tenant) => _saved.GetValueOrDefault((CompanyStream.Provider, tenant.Partition));

    public Task<GlobalPosition> Load(string name, int partition, CancellationToken cancel = default) =>
        Task.FromResult(_saved.GetValueOrDefault((name, partition)));

    public Task<IReadOnlyDictionary<int, GlobalPosition>> LoadAll(string name, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyDictionary<int, GlobalPosition>>(
            _saved.Where(s => s.Key.Name == name).ToDictionary(s => s.Key.Partition, s => s.Value));

    public Task Save(string name, IReadOnlyDictionary<int, GlobalPosition> positions, CancellationToken cancel = default)
    {
        if (Down) throw new StoreUnavailableException("The store was taken away.");
        foreach (var (partition, position) in positions)
        {
            _saved.AddOrUpdate((name, partition), position, (_, old) => new GlobalPosition(Math.Max(old.Value, position.Value)));
        }

        if (name == CompanyStream.Provider) Saves.Add();
        return Task.CompletedTask;
    }
}
