using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Tenancy;
using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Invoices;

/// <summary>Takes requests about invoices to their grains: what both versions of the wire share.</summary>
public sealed class InvoiceDesk(IGrainFactory grains, TimeProvider time)
{
    /// <summary>The grain of one of the caller's invoices.</summary>
    public IInvoiceGrain Grain(HttpContext http, Guid id) => grains.GetGrain<IInvoiceGrain>(GrainKey.For(http.Tenant().Value, id));

    /// <summary>Makes a draft under a new id.</summary>
    public Task<ActionResult> Create(HttpContext http, InvoiceInput input, Func<InvoiceView, JsonAnswer> answer) =>
        Send(http, http.NewId(time), _ => new CreateInvoice(input), answer);

    /// <summary>Replaces what a draft says.</summary>
    public Task<ActionResult> Update(HttpContext http, Guid id, InvoiceInput input, Func<InvoiceView, JsonAnswer> answer) =>
        Send(http, id, _ => new UpdateInvoice(input), answer);

    /// <summary>Sends a command, made for the request's command id, and answers with the new view.</summary>
    public async Task<ActionResult> Send(HttpContext http, Guid id, Func<Guid, InvoiceCommand> command, Func<InvoiceView, JsonAnswer> answer)
    {
        var context = http.Command();
        return Answers.Of(await Grain(http, id).Send(command(context.CommandId), context), answer);
    }
}
