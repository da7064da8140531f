using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Asp.Versioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Tests.Hosting;

public enum PaidFrom
{
    Bank,
    OwnPocket,
}

[ReadOnlyInput("id", "version")]
public sealed record ThingRequest
{
    [StringLength(20, MinimumLength = 2)]
    public required string Name { get; init; }

    public decimal Amount { get; init; } = 1;

    [Decimals(4), Range(typeof(decimal), "0", "1000")]
    public decimal? UnitPrice { get; init; }

    [Range(0, 90)]
    public int Days { get; init; } = 14;

    public DateOnly? Date { get; init; }

    public DateTimeOffset? At { get; init; }

    public Guid? CustomerId { get; init; }

    [EmailAddress]
    public string? Email { get; init; }

    [MultiLine]
    public string? Note { get; init; }

    public PaidFrom? PaidFrom { get; init; }

    [MaxLength(3)]
    public IReadOnlyList<ThingLine> Lines { get; init; } = [];

    public JsonElement? Extra { get; init; }
}

public sealed record ThingLine
{
    public required string Description { get; init; }

    [Decimals(4)]
    public decimal Quantity { get; init; } = 1;
}

public sealed record ThingQuery
{
    [Range(1, 100)]
    public int Limit { get; init; } = 20;

    public DateOnly? From { get; init; }

    public PaidFrom? PaidFrom { get; init; }

    public DateTimeOffset? At { get; init; }

    [StringLength(20, MinimumLength = 1)]
    public string? Q { get; init; }
}

[ApiController, ApiVersion(2.0), Route("api/things"), AllowAnonymous]
public sealed class ThingsController : ControllerBase
{
    [HttpGet]
    public ActionResult<object> List([FromQuery] ThingQuery query) =>
        Ok(new { version = 2, query.Limit, query.From, query.PaidFrom, query.At, query.Q });

    [HttpPost]
    public ActionResult<ThingRequest> Create([FromBody] ThingRequest body) => Ok(body);

    [HttpPut("{id:guid}")]
    public ActionResult<ThingRequest> Update(Guid id, [FromBody] ThingRequest body) => Ok(body);

    [HttpPost("upload"), Upload]
    public async Task<ActionResult<object>> Take()
    {
        await Request.Body.CopyToAsync(Stream.Null, HttpContext.RequestAborted);
        return Ok(new { taken = true });
    }

    [HttpPost("optional")]
    public ActionResult<object> Optional([FromBody] ThingRequest? body) => Ok(new { name = body?.Name });

    [HttpGet("fault")]
    public ActionResult Fault(string kind) => kind switch
    {
        "none" => NoContent(),
        "login" => Tms.Api.Http.Answers.Unauthenticated(),
        "code" => Tms.Api.Http.Answers.NeedsCode(),
        _ => throw Exception(kind),
    };

    private static Exception Exception(string kind) => kind switch
    {
        "store" => new StoreUnavailableException("secret"),
        "busy" => new StoreBusyException("secret"),
        "timeout" => new TimeoutException("secret"),
        "expired" => new OperationCanceledException("secret"),
        "newer" => new Tms.Domain.Shared.NewerEventException("secret", 1, 0),
        _ => new InvalidOperationException("secret"),
    };
}

[ApiController, ApiVersion(1.0), Route("api/things"), AllowAnonymous]
public sealed class OldThingsController : ControllerBase
{
    [HttpGet]
    public ActionResult<object> List([FromQuery] ThingQuery query) => Ok(new { version = 1, query.Limit, query.Q });

    [HttpPost]
    public ActionResult<OldThingRequest> Create([FromBody] OldThingRequest body) => Ok(body);
}

/// <summary>A thing in the words of the old system.</summary>
public sealed record OldThingRequest
{
    [OldName("name")]
    public required string Navn { get; init; }

    [OldName("lines")]
    public IReadOnlyList<OldThingLine> FakturaLinjer { get; init; } = [];
}

public sealed record OldThingLine
{
    [OldName("description")]
    public required string Beskrivelse { get; init; }

    [Decimals(4), OldName("quantity")]
    public decimal Antall { get; init; } = 1;
}

[ApiController, ApiVersion(2.0), Route("api/new"), AllowAnonymous]
public sealed class NewController : ControllerBase
{
    [HttpGet]
    public ActionResult<object> Get() => Ok(new { version = 2 });
}

[ApiController, ApiVersion(1.0), ApiVersion(2.0), Route("api/versioned"), AllowAnonymous]
public sealed class VersionedController : ControllerBase
{
    [HttpGet]
    public ActionResult Get() => Tms.Api.Http.Answers.Resource(Request, new ViewOfThing(3), view => view.Version);
}

[ApiController, ApiVersion(2.0), Route("api/guarded"), Requires(Permission.EconomyRead)]
public sealed class GuardedController : ControllerBase
{
    [HttpGet]
    public ActionResult<object> Who() =>
        Ok(new { user = HttpContext.Caller().UserId, tenant = HttpContext.Tenant().Value, call = RequestContext.Get(CallerTenant.Key) });

    [HttpGet("run"), Requires(Permission.EconomyRun)]
    public ActionResult<object> Run() => Who();

    [HttpGet("platform"), Requires(Permission.PlatformAdmin, Platform = true)]
    public ActionResult<object> Platform() => Who();

    [HttpPost]
    public ActionResult<CommandContext> Command([FromBody] ThingRequest body) => Ok(HttpContext.Command());

    [HttpPost("{id:guid}/send")]
    public ActionResult<CommandContext> Send(Guid id) => Ok(HttpContext.Command());

    [HttpPut("{id:guid}")]
    public ActionResult<CommandContext> Update(Guid id, [FromBody] ThingRequest body) => Ok(HttpContext.Command());

    [HttpPut("{id:guid}/late"), NoPrecondition]
    public ActionResult<CommandContext> Late(Guid id, [FromBody] ThingRequest body) => Ok(HttpContext.Command());

    [HttpGet("{version:int}")]
    public ActionResult Get(int version) =>
        Tms.Api.Http.Answers.Resource(Request, version > 0 ? new ViewOfThing(version) : null, view => view.Version);

    [HttpGet("list")]
    public ActionResult List(int count) => HttpContext.Tenant().Value == Guid.Empty
        ? NoContent()
        : new PageAnswer<int>(
            [.. Enumerable.Range(1, count)], static (json, row) => json.WriteNumberValue(row), nextCursor: null, total: count);
}

public sealed record ViewOfThing(int Version);

[ApiController, ApiVersion(2.0), Route("api/auth/try"), AllowAnonymous]
public sealed class AuthTryController(ICallerLimits limits) : ControllerBase
{
    [HttpGet]
    public ActionResult Try(int status = 204, bool isRight = false)
    {
        if (isRight) limits.Succeed(HttpContext);
        return StatusCode(status);
    }

    [HttpGet("session/{id:guid}"), CountedBySession]
    public async Task<ActionResult> Session(Guid id, int status = 204) =>
        await limits.Session(HttpContext, id) is { } tooMany ? tooMany.ToResult() : StatusCode(status);
}

[ApiController, ApiVersion(2.0), Route("api/auth/own"), Requires(Permission.OwnProfile)]
public sealed class AuthOwnController : ControllerBase
{
    [HttpGet]
    public ActionResult Own() => NoContent();
}

[ApiController, ApiVersion(2.0), Route("api/users"), Requires(Permission.UsersManage, Platform = true)]
public sealed class UsersController : ControllerBase
{
    [HttpGet]
    public ActionResult<object> List() => Ok(new { version = 2 });
}

[ApiController, ApiVersion(1.0), Route("api/users"), Requires(Permission.UsersManage, Platform = true)]
public sealed class OldUsersController : ControllerBase
{
    [HttpGet]
    public ActionResult<object> List() => Ok(new { version = 1 });
}
