using Tms.Domain.Customers;
using Tms.Grains.Abstractions.Customers;

namespace Tms.Api.Demo;

/// <summary>Who the company drives for.</summary>
internal sealed class DemoCustomers : IDemoArea
{
    /// <summary>Names under which other areas find them.</summary>
    public const string Builder = "customers/builder", Fishery = "customers/fishery", Municipality = "customers/municipality",
        Former = "customers/former";

    public async Task Fill(DemoCompany company, CancellationToken cancel)
    {
        await Make(company, Builder, new()
        {
            Name = "Ålesund Bygg AS",
            OrganisationNumber = "910000020",
            Email = "faktura@bygg.example",
            PaymentTermsDays = 30,
            Address = DemoCompany.At("Havnegata 1", "6002", "Ålesund"),
        });
        await Make(
            company, Fishery,
            new()
            {
                Name = "Øksnes Sjømat AS",
                OrganisationNumber = "910000039",
                Email = "regnskap@sjomat.example",
                Address = DemoCompany.At("Storgata 12", "8430", "Myre"),
            });
        await Make(
            company, Municipality,
            new() { Name = "Fjordvik kommune", OrganisationNumber = "910000047", PaymentTermsDays = 20, PeppolId = "0192:910000047" });
        await Make(company, Former, new() { Name = "Gamle Kunder AS" });
        await company.Do(company.Grain<ICustomerGrain>(Former), $"{Former}/archive", new ArchiveCustomer());
    }

    private static Task Make(DemoCompany company, string name, CustomerInput input) =>
        company.Do(company.Grain<ICustomerGrain>(name), name, new CreateCustomer(input));
}
