using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.ReadModels.Users;

namespace Tms.Api.Users;

/// <summary>Users in the words of the old system.</summary>
[ApiController, ApiVersion(1.0), Route("api/users")]
public sealed class UsersV1Controller(IGrainFactory grains, UserList users) : ControllerBase
{
    /// <summary>Every user of the platform.</summary>
    [HttpGet, Requires(Permission.PlatformAdmin, Platform = true)]
    public async Task<ActionResult> All([FromQuery] OldPageQuery query, CancellationToken cancel)
    {
        var page = await users.All(Guid.Empty, query.Limit, query.ToRequest().Offset, cancel);
        return query.Answer(page.Select(u => Bruker.Of(UserView.Of(u), null)), await users.CountAll(cancel));
    }

    /// <summary>Who the caller is.</summary>
    [HttpGet("profile"), Requires(Permission.OwnProfile, Platform = true)]
    public async Task<ActionResult> Profile()
    {
        var caller = HttpContext.Caller();
        CallerTenant.Set(caller.Home.Value);
        var user = await grains.GetGrain<IUserGrain>(GrainKey.For(caller.Home.Value, caller.UserId)).Get();
        var company = caller.CompanyId is { } id ? await grains.GetGrain<ICompanyGrain>(GrainKey.For(id, id)).Get() : null;
        return user is null ? Answers.NotFound() : new JsonAnswer(Bruker.Of(user, company));
    }
}
