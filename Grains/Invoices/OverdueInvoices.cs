using System.Runtime.CompilerServices;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Scheduling;

namespace Tms.Grains.Invoices;

/// <summary>INVOICE_OVERDUE at 00:00 in Oslo.</summary>
internal sealed class OverdueInvoices(IOverdueInvoices invoices) : IJob
{
    /// <inheritdoc />
    public string Name => "overdue-invoices";

    /// <inheritdoc />
    public ValueTask<DateTimeOffset> Next(DateTimeOffset now, CancellationToken cancel) => new(Oslo.NextMidnight(now));

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<DueWork>> Due(
        DateTimeOffset now, int pageSize, [EnumeratorCancellation] CancellationToken cancel)
    {
        var today = Oslo.DateOf(now);
        var found = await invoices.Find(today, null, pageSize, cancel);
        while (found.Count > 0)
        {
            yield return [.. found.Select(invoice => new DueWork(invoice.Company, invoice.Id, invoice.Version))];
            found = await invoices.Find(today, found[^1], pageSize, cancel);
        }
    }

    /// <inheritdoc />
    public Task Do(DueWork work, JobContext context) => context.Send(
        context.Grains.GetGrain<IInvoiceGrain>(GrainKey.For(work.Tenant, work.Id)), new MarkOverdue(Oslo.DateOf(context.Now)), work);
}
