using Microsoft.Extensions.DependencyInjection;
using Tms.Domain.ApiKeys;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invitations;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Users;
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
    /// <summary>Adds all read models. A new one is one line here.</summary>
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services
        .AddSingleton(TmsEvents.Catalog).AddSingleton(new PersonalEventTypes([.. TmsEvents.Catalog.Personal.Select(t => t.Name)]))
        .AddSingleton(new SchemaScripts(typeof(ReadModelServices).Assembly))
        .AddSingleton<InvoiceList>().AddSingleton<IInlineProjection, InvoiceProjection>().AddSingleton<IInlineEntries, InvoiceTerms>()
        .AddSingleton<IOverdueInvoices, OverdueQuery>()
        .AddSingleton<CustomerList>().AddState(CustomerDecider.Instance, CustomerList.Table)
        .AddSingleton<UserList>().AddState(UserDecider.Instance, UserList.Table)
        .AddSingleton<CompanyList>().AddState(CompanyDecider.Instance, CompanyList.Table)
        .AddSingleton<InvitationList>().AddState(InvitationDecider.Instance, InvitationList.Table)
        .AddSingleton<ApiKeyList>().AddState(ApiKeyDecider.Instance, ApiKeyList.Table);

    private static IServiceCollection AddState<TState, TCommand, TEvent>(
        this IServiceCollection services, IDecider<TState, TCommand, TEvent> decider, StateTable<TState> table)
        where TState : class
        where TEvent : class =>
        services.AddSingleton<IInlineProjection>(sp => new StateProjection<TState, TCommand, TEvent>(decider, sp.GetRequiredService<EventCatalog>(), table));
}
