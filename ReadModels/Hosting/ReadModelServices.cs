using Microsoft.Extensions.DependencyInjection;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Persons;
using Tms.ReadModels.Invoices;
using Tms.ReadModels.Ledger;
using Tms.ReadModels.Users;

namespace Tms.ReadModels.Hosting;

/// <summary>Adds every read model to a host: its projection, which writers run, and its queries.</summary>
public static class ReadModelServices
{
    /// <summary>Adds all read models: the tables of <see cref="KeptTables"/>, and whatever else is kept or asked.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services)
    {
        foreach (var (table, queries) in KeptTables.All)
        {
            services.AddSingleton(sp => table.Keep(sp.GetRequiredService<EventCatalog>())).AddSingleton(queries);
        }

        return services
            .AddSingleton(TmsEvents.Catalog)
            .AddSingleton(new PersonalEventTypes([.. TmsEvents.Catalog.Personal.Select(t => t.Name)]))
            .AddSingleton(new SchemaScripts(typeof(ReadModelServices).Assembly))
            .AddSingleton<IInlineEntries, InvoiceTerms>().AddSingleton<IOverdueInvoices, OverdueQuery>()
            .AddSingleton<ILeaders, LeaderQuery>()
            .AddSingleton<IInlineEntries, VoucherEntries>().AddSingleton<IInlineEntries, LedgerEntries>()
            .AddSingleton<IInlineTallies, AccountTallies>().AddSingleton<IInlineTallies, VatTallies>()
            .AddSingleton<VoucherList>().AddSingleton<AccountBalances>()
            .AddSingleton<ListTotals>();
    }
}
