using System.Collections.Concurrent;
using Tms.Api.Tenancy;
using Tms.Domain.Companies;

namespace Tms.Api.Tests.Hosting;

/// <summary>Every company there could be, with all modules but those that a test takes away.</summary>
internal sealed class EveryCompany : ICompanyDirectory
{
    private readonly ConcurrentDictionary<(Guid, Module), bool> _inactive = [];

    /// <summary>The companies that were to be asked again.</summary>
    public ConcurrentQueue<Guid> Forgotten { get; } = [];

    public void Deactivate(Guid company, Module module) => _inactive[(company, module)] = true;

    public void Activate(Guid company, Module module) => _inactive.TryRemove((company, module), out _);

    public ValueTask<bool> Exists(Guid company) => ValueTask.FromResult(true);

    public ValueTask<bool> HasActive(Guid company, Module module) => ValueTask.FromResult(!_inactive.ContainsKey((company, module)));

    public void Forget(Guid company) => Forgotten.Enqueue(company);

    public void ForgetAll() => Forgotten.Enqueue(Guid.Empty);
}
