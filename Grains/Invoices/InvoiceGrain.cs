using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;

namespace Tms.Grains.Invoices;

[GrainType("invoice")]
internal sealed class InvoiceGrain(AggregateServices services)
    : DeciderGrain<Invoice, InvoiceCommand, InvoiceEvent, InvoiceView>(InvoiceDecider.Instance, services), IInvoiceGrain
{
    protected override InvoiceView View(Invoice state) => InvoiceView.Of(state);

    protected override async ValueTask<InvoiceCommand> Complete(InvoiceCommand command) => command switch
    {
        CreateInvoice create =>
            create with { Customer = await CustomerOf(create.Input.CustomerId), SellerVatRegistered = (await Seller()).VatRegistered },
        UpdateInvoice update =>
            update with { Customer = await CustomerOf(update.Input.CustomerId), SellerVatRegistered = (await Seller()).VatRegistered },
        SendInvoice send => send with { Seller = await Seller(), Customer = await CustomerOf(Current.Input.CustomerId) },
        _ => command,
    };

    private async Task<SellerSnapshot> Seller()
    {
        var company = await GrainFactory.GetGrain<ICompanyGrain>(GrainKey.For(Tenant, Tenant)).Get()
            ?? throw new InvalidOperationException($"The tenant {Tenant} has invoices but no company.");
        return InvoiceParties.Seller(company);
    }

    private async Task<CustomerSnapshot?> CustomerOf(Guid? id) =>
        id is { } customer && await GrainFactory.GetGrain<ICustomerGrain>(GrainKey.For(Tenant, customer)).Get() is { } view
            ? InvoiceParties.Customer(view)
            : null;
}
