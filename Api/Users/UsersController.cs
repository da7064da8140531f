using System.ComponentModel.DataAnnotations;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;
using Tms.ReadModels.Users;

namespace Tms.Api.Users;

/// <summary>Users.</summary>
[ApiController, ApiVersion(2.0), Route("api/users")]
public sealed class UsersController(UserDesk desk, UserList users, Cursors cursors) : ControllerBase
{
    /// <summary>Every user of the platform, by when they were made.</summary>
    [HttpGet, Requires(Permission.PlatformAdmin, Platform = true)]
    [ProducesResponseType<Page<UserView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> All([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var scope = PlatformPages.Scope("users");
        if (cursors.After(scope, query.Cursor) is not { } after) return Cursors.Invalid().ToResult();
        var found = await users.All(after, query.Limit + 1, 0, cancel);
        return cursors.Answer(scope, [.. found.Select(UserView.Of)], query.Limit, u => u.Id, query.IncludeTotal ? await users.CountAll(cancel) : null);
    }

    /// <summary>The users of the company.</summary>
    [HttpGet("company"), Requires(Permission.UsersManage)]
    [ProducesResponseType<Page<UserView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> OfCompany([FromQuery] CompanyUsersQuery query, CancellationToken cancel)
    {
        var tenant = HttpContext.Tenant();
        var scope = new CursorScope(tenant, "company-users", query.Search ?? "");
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();
        var total = query.IncludeTotal ? await users.CountOfCompany(tenant, query.Search, cancel) : (long?)null;
        return cursors.Answer(scope, await users.OfCompany(tenant, query.Search, page, cancel), row => UserView.Of(row.State), total);
    }

    /// <summary>Who the caller is.</summary>
    [HttpGet("profile"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<ProfileView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Profile() => Answers.Resource(Request, await desk.Own(HttpContext).Get() is { } user ? new ProfileView(user) : null, v => v.Version);

    /// <summary>Replaces what the caller says of itself.</summary>
    [HttpPut("profile"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<ProfileView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> UpdateProfile([FromBody] ProfileRequest body) =>
        Answers.Of(await desk.Own(HttpContext).Send(body.ToCommand(), HttpContext.Command()), view => Answers.Done(new ProfileView(view), view.Version));
}

/// <summary>What part of a company's users is asked for.</summary>
public sealed record CompanyUsersQuery : PageQuery
{
    /// <summary>Name or e-mail address begins with this.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Search { get; init; }
}
