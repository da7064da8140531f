using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Customers;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Customers;
using Tms.ReadModels.Customers;
using CustomerDesk = Tms.Api.Http.AggregateDesk<Tms.Grains.Abstractions.Customers.ICustomerGrain, Tms.Domain.Customers.CustomerCommand, Tms.Grains.Abstractions.Customers.CustomerView>;

namespace Tms.Api.Customers;

/// <summary>Customers.</summary>
[ApiController, ApiVersion(2.0), Route("api/economy/customers"), Requires(Permission.EconomyRead)]
public sealed class CustomersController(CustomerDesk desk, ListDesk lists, CustomerList customers) : ControllerBase
{
    /// <summary>Lists customers.</summary>
    [HttpGet]
    public async Task<ActionResult> List([FromQuery] CustomerQuery query, CancellationToken cancel)
    {
        if (OrderOf(query.Sort) is not { } order) return Answers.Parameter("sort", "createdAt or number, perhaps after a minus");
        var filter = new CustomerFilter(query.Archived, query.Q);
        var tenant = HttpContext.Tenant();
        return await lists.Answer(
            HttpContext, ("customers", $"{order}|{filter}"), query, page => customers.Find(tenant, filter, order, page, cancel),
            () => customers.Count(tenant, filter, cancel), row => CustomerView.Of(row.State));
    }

    /// <summary>Registers a customer; it gets the next customer number.</summary>
    [HttpPost, Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Create([FromBody] CustomerRequest body) =>
        Faults(body) ?? await desk.Create(HttpContext, "/api/v2/economy/customers", new CreateCustomer(body.ToInput()));

    /// <summary>One customer: as it is, right after a version, or as it was at a time.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Get(Guid id, [FromQuery] PastQuery past) => desk.Get(HttpContext, id, past);

    /// <summary>Replaces everything about a customer.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Update(Guid id, [FromBody] CustomerRequest body) =>
        Faults(body) ?? await desk.Send(HttpContext, id, new UpdateCustomer(body.ToInput()));

    /// <summary>Takes a customer out of use.</summary>
    [HttpPost("{id:guid}/archive"), Requires(Permission.EconomyDraft)]
    [ProducesResponseType<CustomerView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Archive(Guid id) => desk.Send(HttpContext, id, new ArchiveCustomer());

    /// <summary>The audit trail of a customer, oldest first.</summary>
    [HttpGet("{id:guid}/events")]
    public Task<ActionResult> Events(Guid id, [FromQuery] PageQuery query, CancellationToken cancel) => desk.Events(HttpContext, id, query, cancel);

    private static ActionResult? Faults(CustomerRequest body) => Answers.Faults(CustomerRules.Check(body.ToInput()));

    private static CustomerOrder? OrderOf(string? sort) => sort?.TrimStart('-', '+', ' ') switch
    {
        null => new(CustomerSort.CreatedAt, Descending: false),
        "createdAt" => new(CustomerSort.CreatedAt, sort.StartsWith('-')),
        "number" => new(CustomerSort.Number, sort.StartsWith('-')),
        _ => null,
    };
}
