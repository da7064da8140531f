using Tms.Domain.Companies;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Companies;

/// <summary>One company; its id is its tenant's.</summary>
[Alias("tms.companies")]
public interface ICompanyGrain : IAggregateGrain<CompanyCommand, CompanyView>;
