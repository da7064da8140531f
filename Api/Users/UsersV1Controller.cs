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
public sealed class UsersV1Controller(UserDesk desk, IGrainFactory grains, UserList users, IRevocations revocations) : ControllerBase
{
    /// <summary>Every user of the platform.</summary>
    [HttpGet, Requires(Permission.PlatformAdmin, Platform = true)]
    [ProducesResponseType<OldPage<Bruker>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> All([FromQuery] OldPageQuery query, CancellationToken cancel)
    {
        var page = await users.All(Guid.Empty, query.Limit, query.ToRequest().Offset, cancel);
        return query.Answer(page.Select(u => Bruker.Of(UserView.Of(u), null)), await users.CountAll(cancel));
    }

    /// <summary>The users of the company.</summary>
    [HttpGet("company"), Requires(Permission.UsersManage)]
    [ProducesResponseType<OldPage<Bruker>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> OfCompany([FromQuery] BrukerQuery query, CancellationToken cancel)
    {
        var page = await users.OfCompany(HttpContext.Tenant(), query.Search, query.ToRequest(), cancel);
        return query.Answer(
            page.Items.Select(row => Bruker.Of(UserView.Of(row.State), null)),
            query.TotalOf(page) ?? await users.CountOfCompany(HttpContext.Tenant(), query.Search, cancel));
    }

    /// <summary>Who the caller is.</summary>
    [HttpGet("profile"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<Bruker>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Profile() => await desk.Own(HttpContext).Get() is { } user
        ? Answers.Resource(Request, await Shown(user), _ => user.Version)
        : Answers.NotFound();

    /// <summary>Replaces what the caller says of itself.</summary>
    [HttpPut("profile"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<Bruker>(StatusCodes.Status200OK)]
    public async Task<ActionResult> UpdateProfile([FromBody] ProfilRequest body)
    {
        if (await desk.Own(HttpContext).Get() is not { } now) return Answers.NotFound();
        var outcome = await desk.Own(HttpContext).Send(body.ToCommand(now.Address), HttpContext.Command());
        var shown = outcome.View is null ? null : await Shown(outcome.View);
        return Answers.Of(outcome, view => Answers.Done(shown!, view.Version));
    }

    /// <summary>Lets a user log in, or no longer.</summary>
    [HttpPatch("{id:guid}/status"), Requires(Permission.UsersManage, Platform = true)]
    [ProducesResponseType<Bruker>(StatusCodes.Status200OK)]
    public async Task<ActionResult> SetStatus(Guid id, [FromBody] StatusRequest body, CancellationToken cancel)
    {
        var command = desk.Grain(HttpContext, id).Send(new SetActive(body.IsActive, UserDesk.ActorOf(HttpContext)), HttpContext.Command());
        return UserDesk.Answer(
            HttpContext, await revocations.Heeding(command, cancel), view => Answers.Done(Bruker.Of(view, null), view.Version));
    }

    private async Task<Bruker> Shown(UserView user)
    {
        var company = HttpContext.Caller().CompanyId is { } id ? await grains.GetGrain<ICompanyGrain>(GrainKey.For(id, id)).Get() : null;
        return Bruker.Of(user, company) with { Statistics = UserStatistics.None };
    }
}
