using Tms.Domain.Customers;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Hosting;

namespace Tms.Grains.Customers;

[GrainType("customer")]
internal sealed class CustomerGrain(AggregateServices services)
    : DeciderGrain<Customer, CustomerCommand, CustomerEvent, CustomerView>(CustomerDecider.Instance, services), ICustomerGrain
{
    protected override CustomerView View(Customer state) => CustomerView.Of(state);
}
