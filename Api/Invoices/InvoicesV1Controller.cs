using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Invoices;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Invoices;
using Tms.ReadModels.Hosting;
using Tms.ReadModels.Invoices;
using InvoiceDesk =
    Tms.Api.Http.AggregateDesk<Tms.Grains.Abstractions.Invoices.IInvoiceGrain, Tms.Domain.Invoices.InvoiceCommand,
        Tms.Grains.Abstractions.Invoices.InvoiceView>;

namespace Tms.Api.Invoices;

/// <summary>Invoices in the words of the old system.</summary>
[ApiController, ApiVersion(1.0), Route("api/economy/invoices"), Requires(Permission.EconomyRead)]
public sealed class InvoicesV1Controller(InvoiceDesk desk, InvoiceList invoices, ListTotals totals) : ControllerBase
{
    /// <summary>Lists invoices, the newest first.</summary>
    [HttpGet]
    [ProducesResponseType<OldPage<Faktura>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] FakturaQuery query, CancellationToken cancel)
    {
        var filter = query.ToFilter();
        var tenant = HttpContext.Tenant();
        var page = await invoices.Find(tenant, filter, new(InvoiceSort.CreatedAt, Descending: true), query.ToRequest(), cancel);
        return query.Answer(
            page.Items.Select(Faktura.Of),
            query.TotalOf(page) ?? await totals.Of(tenant, filter, () => invoices.Count(tenant, filter, cancel), cancel));
    }

    /// <summary>Makes a draft.</summary>
    [HttpPost, Requires(Permission.EconomyDraft)]
    [ProducesResponseType<Faktura>(StatusCodes.Status201Created)]
    public Task<ActionResult> Create([FromBody] FakturaRequest body) => desk.Create(
        HttpContext, _ => new CreateInvoice(body.ToInput()),
        view => Answers.Created($"/api/v1/economy/invoices/{view.Id}", Faktura.Of(view), view.Version));

    /// <summary>One invoice.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<Faktura>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id) =>
        await desk.Grain(HttpContext, id).Get() is { } view
            ? Answers.Resource(Request, Faktura.Of(view), _ => view.Version)
            : Answers.NotFound();

    /// <summary>Replaces what a draft says.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<Faktura>(StatusCodes.Status200OK)]
    public Task<ActionResult> Update(Guid id, [FromBody] FakturaRequest body) =>
        desk.Send(HttpContext, id, _ => new UpdateInvoice(body.ToInput()) { IsInWordsOfV1 = true }, Done);

    /// <summary>Issues a draft.</summary>
    [HttpPost("{id:guid}/send"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<Faktura>(StatusCodes.Status200OK)]
    public Task<ActionResult> Send(Guid id) => desk.Send(HttpContext, id, _ => new SendInvoice(), Done);

    /// <summary>Notes a payment; an empty body pays what is outstanding.</summary>
    [HttpPost("{id:guid}/pay"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<Faktura>(StatusCodes.Status200OK)]
    public Task<ActionResult> Pay(Guid id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] BetalingRequest? body) =>
        desk.Send(HttpContext, id, command => new PayInvoice(command, body?.Belop, body?.Dato, body?.Referanse), Done);

    /// <summary>Gives a draft up.</summary>
    [HttpPost("{id:guid}/cancel"), Requires(Permission.EconomyRun)]
    [ProducesResponseType<Faktura>(StatusCodes.Status200OK)]
    public Task<ActionResult> Cancel(Guid id, [FromBody] GrunnRequest body) =>
        desk.Send(HttpContext, id, _ => new CancelInvoice(body.Grunn), Done);

    private static JsonAnswer Done(InvoiceView view) => Answers.Done(Faktura.Of(view), view.Version);
}

/// <summary>What part of the list is asked for, in the words of the old system.</summary>
public sealed record FakturaQuery : OldPageQuery
{
    /// <summary>Exactly this status.</summary>
    public InvoiceStatus? Status { get; init; }

    /// <summary>customerId.</summary>
    public Guid? KundeId { get; init; }

    /// <summary>from.</summary>
    public DateOnly? Fra { get; init; }

    /// <summary>to.</summary>
    public DateOnly? Til { get; init; }

    internal InvoiceFilter ToFilter() => new() { Status = Status, CustomerId = KundeId, From = Fra, To = Til };
}
