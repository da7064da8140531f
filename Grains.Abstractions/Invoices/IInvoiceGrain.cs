using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Invoices;

/// <summary>One invoice.</summary>
[Alias("tms.invoices")]
public interface IInvoiceGrain : IAggregateGrain<InvoiceCommand, InvoiceView>;
