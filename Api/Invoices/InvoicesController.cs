using System.Text.Json;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Invoices;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Invoices;
using Tms.ReadModels.Invoices;
using InvoiceDesk =
    Tms.Api.Http.AggregateDesk<Tms.Grains.Abstractions.Invoices.IInvoiceGrain, Tms.Domain.Invoices.InvoiceCommand,
        Tms.Grains.Abstractions.Invoices.InvoiceView>;

namespace Tms.Api.Invoices;

/// <summary>Invoices.</summary>
[ApiController, ApiVersion(2.0), Route("api/economy/invoices"), Requires(Permission.EconomyRead)]
public sealed class InvoicesController(
    InvoiceDesk desk, ListDesk lists, InvoiceList invoices, ReadModels.Hosting.ListTotals totals) : ControllerBase
{
    /// <summary>Lists invoices.</summary>
    [HttpGet]
    [ProducesResponseType<Page<InvoiceListItem>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] InvoiceQuery query, CancellationToken cancel)
    {
        if (InvoiceQuery.Orders.Read(query.Sort) is not var (by, descending)) return InvoiceQuery.Orders.Unknown();
        var order = new InvoiceOrder(by, descending);
        var filter = query.ToFilter();
        var tenant = HttpContext.Tenant();
        return await lists.Answer(
            HttpContext, ("invoices", $"{order}|{filter}"), query, page => invoices.Find(tenant, filter, order, page, cancel),
            () => totals.Of(tenant, filter, () => invoices.Count(tenant, filter, cancel), cancel), InvoiceListItem.Of);
    }

    /// <summary>Makes a draft.</summary>
    [HttpPost, Requires(Permission.EconomyDraft)]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status201Created)]
    public Task<ActionResult> Create([FromBody] InvoiceRequest body) =>
        desk.Create(HttpContext, "/api/v2/economy/invoices", new CreateInvoice(body.ToInput()));

    /// <summary>One invoice: as it is, right after a version, or as it was at a time.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Get(Guid id, [FromQuery] PastQuery past) => desk.Get(HttpContext, id, past);

    /// <summary>Replaces what a draft says.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Update(Guid id, [FromBody] InvoiceRequest body) =>
        desk.Send(HttpContext, id, new UpdateInvoice(body.ToInput()));

    /// <summary>Issues a draft: it gets its number and KID and is frozen.</summary>
    [HttpPost("{id:guid}/send"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Send(Guid id) => desk.Send(HttpContext, id, new SendInvoice());

    /// <summary>Notes a payment; an empty body pays what is outstanding.</summary>
    [HttpPost("{id:guid}/pay"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Pay(Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] PaymentRequest? body) =>
        desk.Send(HttpContext, id, command => new PayInvoice(command, body?.Amount, body?.Date, body?.Reference));

    /// <summary>Takes a payment back.</summary>
    [HttpPost("{id:guid}/payments/{paymentId:guid}/reverse"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Reverse(Guid id, Guid paymentId, [FromBody] ReasonRequest body) =>
        desk.Send(HttpContext, id, new ReversePayment(paymentId, body.Reason));

    /// <summary>Gives a draft up.</summary>
    [HttpPost("{id:guid}/cancel"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<InvoiceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Cancel(Guid id, [FromBody] ReasonRequest body) => desk.Send(HttpContext, id, new CancelInvoice(body.Reason));

    /// <summary>The audit trail of an invoice, oldest first.</summary>
    [HttpGet("{id:guid}/events")]
    [ProducesResponseType<Page<JsonElement>>(StatusCodes.Status200OK)]
    public Task<ActionResult> Events(Guid id, [FromQuery] PageQuery query, CancellationToken cancel) =>
        desk.Events(HttpContext, id, query, cancel);
}
