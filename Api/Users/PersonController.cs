using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>The data of one person: all of them, or none any more.</summary>
[ApiController, ApiVersion(2.0), Route("api/users")]
public sealed class PersonController(
    IGrainFactory grains, PersonRecords records, Erasures erasures, ICallerLimits limits, TimeProvider time) : ControllerBase
{
    /// <summary>Everything that the system knows of a person: for the person itself, and for whoever manages users.</summary>
    [HttpGet("{id:guid}/export"), Requires(Permission.UsersManage, Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<PersonExport>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Export(Guid id, CancellationToken cancel)
    {
        if (!HttpContext.MayReach(id)) return Faults.Bare(StatusCodes.Status403Forbidden).ToResult();
        var caller = HttpContext.Caller();
        var tenant = id == caller.UserId ? caller.Home : HttpContext.Tenant();
        CallerTenant.Set(tenant.Value);
        if (await grains.GetGrain<IUserGrain>(GrainKey.For(tenant.Value, id)).Get() is not { } user)
            return CompanyChoice.NotThere(HttpContext).ToResult();

        if (await limits.Export(HttpContext, id) is { } tooMany) return tooMany.ToResult();

        var events = await records.Events(tenant, id, cancel);
        return new JsonAnswer(new PersonExport(
            time.GetUtcNow(), user, records.Shown(events), await records.Sessions(tenant, id, cancel),
            records.Shown(await records.Logins(tenant, id, cancel)),
            records.Actions(tenant, id, cancel), records.Files(tenant, id, cancel),
            PersonRecords.Disclosures(events), await records.Kept(tenant, id, events, cancel)));
    }

    /// <summary>
    /// Erases a person: what is personal is gone from everywhere but what had been given to others. A repeat gives the same answer.
    /// </summary>
    [HttpDelete("{id:guid}"), Requires(Permission.UsersManage, Platform = true)]
    [ProducesResponseType<ErasureReport>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Erase(Guid id, CancellationToken cancel)
    {
        var tenant = HttpContext.Tenant();
        var outcome = await erasures.Erase(tenant, id, UserDesk.ActorOf(HttpContext), HttpContext.Command(), cancel);
        if (outcome.View is not { IsErased: true }) return UserDesk.Answer(HttpContext, outcome);

        return new JsonAnswer(await Report(tenant, id, cancel));
    }

    private async Task<ErasureReport> Report(TenantId tenant, Guid id, CancellationToken cancel)
    {
        var events = await records.Events(tenant, id, cancel);
        return new(Erasures.ErasedAt(events)!.Value, await records.Kept(tenant, id, events, cancel), PersonRecords.Disclosures(events));
    }
}
