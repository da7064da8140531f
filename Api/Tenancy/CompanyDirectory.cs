using System.Collections.Concurrent;
using Tms.Domain.Access;
using Tms.Domain.Companies;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Tenancy;

/// <summary>Which companies there are, and what each has activated: asked on every request, and for every event that goes out.</summary>
public interface ICompanyDirectory : IActiveModules
{
    /// <summary>Whether a company has been made: an ADMIN may name no others.</summary>
    ValueTask<bool> Exists(Guid company);

    /// <summary>Has a company asked again: its modules have changed.</summary>
    void Forget(Guid company);

    /// <summary>Has every company asked again.</summary>
    void ForgetAll();
}

/// <summary>Asks a company's grain once, and remembers what it said until the platform's log says that it has changed.</summary>
/// <remarks>
/// Whoever was let in with a token or key has had this node compare itself with the platform's log within the last two seconds, or get 503
/// (<see cref="Security.RevocationFeed"/>); live connections stand still while it cannot. So nothing here is older than that.
/// </remarks>
internal sealed class CompanyDirectory(Func<Guid, Task<CompanyView?>> ask) : ICompanyDirectory
{
    // Some 200 bytes each; beyond, all are asked again.
    private const int Capacity = 50_000;

    private readonly ConcurrentDictionary<Guid, Place> _known = [];

    public CompanyDirectory(IGrainFactory grains)
        : this(company => Ask(grains, company))
    {
    }

    public ValueTask<bool> Exists(Guid company) => Find(company) is not null ? new(true) : AskWhether(company);

    public ValueTask<bool> HasActive(Guid company, Module module) =>
        Find(company) is { } modules ? new(Has(modules, module)) : AskWhether(company, module);

    public void Forget(Guid company) => _known.TryRemove(company, out _);

    public void ForgetAll() => _known.Clear();

    private Module[]? Find(Guid company) => _known.TryGetValue(company, out var place) ? place.Modules : null;

    private static bool Has(Module[] modules, Module? module) => module is null || Array.IndexOf(modules, module.Value) >= 0;

    private async ValueTask<bool> AskWhether(Guid company, Module? module = null) =>
        await Ask(company) is { } modules && Has(modules, module);

    // The place is taken before the question: who has the company forgotten meanwhile takes it away, with whatever is put there later.
    private async Task<Module[]?> Ask(Guid company)
    {
        if (_known.Count >= Capacity) ForgetAll();
        var place = _known.GetOrAdd(company, static _ => new Place());
        if (await ask(company) is { } view) return place.Modules = [.. view.Modules];
        Forget(company);
        return null;
    }

    private static async Task<CompanyView?> Ask(IGrainFactory grains, Guid company)
    {
        CallerTenant.Set(company);
        return await grains.GetGrain<ICompanyGrain>(GrainKey.For(company, company)).Get();
    }

    private sealed class Place
    {
        private volatile Module[]? _modules;

        public Module[]? Modules
        {
            get => _modules;
            set => _modules = value;
        }
    }
}
