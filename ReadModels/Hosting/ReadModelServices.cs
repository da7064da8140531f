using Microsoft.Extensions.DependencyInjection;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Persons;
using Tms.ReadModels.ApiKeys;
using Tms.ReadModels.Companies;
using Tms.ReadModels.Customers;
using Tms.ReadModels.Invitations;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Users;

namespace Tms.ReadModels.Hosting;

/// <summary>Adds every read model to a host: its projection, which writers run, and its queries.</summary>
public static class ReadModelServices
{
    /// <summary>Adds all read models: the tables of <see cref="KeptTables"/>, and whatever else is kept or asked.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services)
    {
        foreach (var table in KeptTables.All) services.AddSingleton(sp => table.Keep(sp.GetRequiredService<EventCatalog>()));
        return services
            .AddSingleton(TmsEvents.Catalog)
            .AddSingleton(new PersonalEventTypes([.. TmsEvents.Catalog.Personal.Select(t => t.Name)]))
            .AddSingleton(new SchemaScripts(typeof(ReadModelServices).Assembly))
            .AddSingleton<IInlineEntries, InvoiceTerms>().AddSingleton<IOverdueInvoices, OverdueQuery>()
            .AddSingleton<ListTotals>().AddSingleton<InvoiceList>().AddSingleton<CustomerList>().AddSingleton<UserList>().AddSingleton<CompanyList>()
            .AddSingleton<InvitationList>().AddSingleton<ApiKeyList>();
    }
}
