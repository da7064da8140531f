using Tms.Domain.Customers;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Customers;

/// <summary>One customer.</summary>
[Alias("tms.customers")]
public interface ICustomerGrain : IAggregateGrain<CustomerCommand, CustomerView>;
