using System.Collections.Concurrent;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Tenancy;

/// <summary>Which companies there are: an ADMIN may name no others.</summary>
public interface ICompanyDirectory
{
    /// <summary>Whether a company has been made.</summary>
    ValueTask<bool> Exists(Guid company);
}

/// <summary>Asks the company's grain, and remembers those that exist: no company is ever taken away.</summary>
internal sealed class CompanyDirectory(IGrainFactory grains) : ICompanyDirectory
{
    private readonly ConcurrentDictionary<Guid, bool> _known = [];

    public ValueTask<bool> Exists(Guid company) => _known.ContainsKey(company) ? ValueTask.FromResult(true) : Ask(company);

    private async ValueTask<bool> Ask(Guid company)
    {
        CallerTenant.Set(company);
        if (await grains.GetGrain<ICompanyGrain>(GrainKey.For(company, company)).Get() is null) return false;
        _known[company] = true;
        return true;
    }
}
