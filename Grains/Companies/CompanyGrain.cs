using Tms.Domain.Companies;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Hosting;

namespace Tms.Grains.Companies;

[GrainType("company")]
internal sealed class CompanyGrain(AggregateServices services)
    : DeciderGrain<Company, CompanyCommand, CompanyEvent, CompanyView>(CompanyDecider.Instance, services), ICompanyGrain
{
    protected override CompanyView View(Company state) => CompanyView.Of(state);
}
