using System.Text.Json;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Events;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Customers;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Shared;
using Tms.ReadModels.Customers;

namespace Tms.Api.Customers;

/// <summary>Customers.</summary>
[ApiController, ApiVersion(2.0), Route("api/economy/customers"), Requires(Permission.EconomyRead)]
public sealed class CustomersController(IGrainFactory grains, CustomerList customers, Cursors cursors, EventHistory history, TimeProvider time) : ControllerBase
{
    /// <summary>Lists customers.</summary>
    [HttpGet]
    [ProducesResponseType<Page<CustomerView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] CustomerQuery query, CancellationToken cancel)
    {
        if (CustomerQuery.Orders.Read(query.Sort) is not var (by, descending)) return CustomerQuery.Orders.Unknown();
        var order = new CustomerOrder(by, descending);
        var filter = new CustomerFilter(query.Archived, query.Q);
        var scope = new CursorScope(HttpContext.Tenant(), "customers", $"{order}|{filter}");
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();
        var total = query.IncludeTotal ? await customers.Count(HttpContext.Tenant(), filter, cancel) : (long?)null;
        return cursors.Answer(scope, await customers.Find(HttpContext.Tenant(), filter, order, page, cancel), row => CustomerView.Of(row.State), total);
    }

    /// <summary>Registers a customer; it gets the next customer number.</summary>
    [HttpPost, Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status201Created)]
    public Task<ActionResult> Create([FromBody] CustomerRequest body) => Send(HttpContext.NewId(time), new CreateCustomer(body.ToInput()),
        view => Answers.Created($"/api/v2/economy/customers/{view.Id}", view, view.Version));

    /// <summary>One customer: as it is, right after a version, or as it was at a time.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id, [FromQuery] PastQuery past) => Answers.Resource(Request, await Grain(id).Get(past), v => v.Version);

    /// <summary>Replaces everything about a customer.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Update(Guid id, [FromBody] CustomerRequest body) => Send(id, new UpdateCustomer(body.ToInput()), Done);

    /// <summary>Takes a customer out of use.</summary>
    [HttpPost("{id:guid}/archive"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Archive(Guid id) => Send(id, new ArchiveCustomer(), Done);

    /// <summary>The audit trail of a customer, oldest first.</summary>
    [HttpGet("{id:guid}/events")]
    [ProducesResponseType<Page<JsonElement>>(StatusCodes.Status200OK)]
    public Task<ActionResult> Events(Guid id, [FromQuery] PageQuery query, CancellationToken cancel) => history.Of(HttpContext, new("customers", id), query, cancel);

    private ICustomerGrain Grain(Guid id) => grains.GetGrain<ICustomerGrain>(GrainKey.For(HttpContext.Tenant().Value, id));

    private async Task<ActionResult> Send(Guid id, CustomerCommand command, Func<CustomerView, JsonAnswer> answer) =>
        Answers.Of(await Grain(id).Send(command, HttpContext.Command()), answer);

    private static JsonAnswer Done(CustomerView view) => Answers.Done(view, view.Version);
}
