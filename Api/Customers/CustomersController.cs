using System.Text.Json;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Customers;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Customers;
using Tms.ReadModels.Customers;
using CustomerDesk =
    Tms.Api.Http.AggregateDesk<Tms.Grains.Abstractions.Customers.ICustomerGrain, Tms.Domain.Customers.CustomerCommand,
        Tms.Grains.Abstractions.Customers.CustomerView>;

namespace Tms.Api.Customers;

/// <summary>Customers.</summary>
[ApiController, ApiVersion(2.0), Route("api/economy/customers"), Requires(Permission.EconomyRead)]
public sealed class CustomersController(CustomerDesk desk, ListDesk lists, CustomerList customers) : ControllerBase
{
    /// <summary>Lists customers.</summary>
    [HttpGet]
    [ProducesResponseType<Page<CustomerView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] CustomerQuery query, CancellationToken cancel)
    {
        if (CustomerQuery.Orders.Read(query.Sort) is not var (by, descending)) return CustomerQuery.Orders.Unknown();
        var order = new CustomerOrder(by, descending);
        var filter = new CustomerFilter(query.Archived, query.Q);
        var tenant = HttpContext.Tenant();
        return await lists.Answer(
            HttpContext, ("customers", $"{order}|{filter}"), query, page => customers.Find(tenant, filter, order, page, cancel),
            () => customers.Count(tenant, filter, cancel), row => CustomerView.Of(row.State));
    }

    /// <summary>Registers a customer; it gets the next customer number.</summary>
    [HttpPost, Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status201Created)]
    public Task<ActionResult> Create([FromBody] CustomerRequest body) =>
        desk.Create(HttpContext, "/api/v2/economy/customers", new CreateCustomer(body.ToInput()));

    /// <summary>One customer: as it is, right after a version, or as it was at a time.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Get(Guid id, [FromQuery] PastQuery past) => desk.Get(HttpContext, id, past);

    /// <summary>Replaces everything about a customer.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Update(Guid id, [FromBody] CustomerRequest body) =>
        desk.Send(HttpContext, id, new UpdateCustomer(body.ToInput()));

    /// <summary>Takes a customer out of use.</summary>
    [HttpPost("{id:guid}/archive"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Archive(Guid id) => desk.Send(HttpContext, id, new ArchiveCustomer());

    /// <summary>The audit trail of a customer, oldest first.</summary>
    [HttpGet("{id:guid}/events")]
    [ProducesResponseType<Page<JsonElement>>(StatusCodes.Status200OK)]
    public Task<ActionResult> Events(Guid id, [FromQuery] PageQuery query, CancellationToken cancel) =>
        desk.Events(HttpContext, id, query, cancel);
}
