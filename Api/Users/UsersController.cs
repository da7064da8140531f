using System.ComponentModel.DataAnnotations;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.ReadModels.Users;

namespace Tms.Api.Users;

/// <summary>Users.</summary>
[ApiController, ApiVersion(2.0), Route("api/users")]
public sealed class UsersController(IGrainFactory grains, UserList users, Cursors cursors) : ControllerBase
{
    /// <summary>Every user of the platform, by when they were made.</summary>
    [HttpGet, Requires(Permission.PlatformAdmin, Platform = true)]
    public async Task<ActionResult> All([FromQuery] PageQuery query, CancellationToken cancel)
    {
        var scope = new CursorScope(TenantId.Platform, "users", "");
        var after = Guid.Empty;
        if (query.Cursor is { } cursor)
        {
            if (!cursors.TryOpen(scope, cursor, out var place) || place.Length != 16) return Cursors.Invalid().ToResult();
            after = new Guid(place, bigEndian: true);
        }

        var found = await users.All(after, query.Limit + 1, 0, cancel);
        var shown = found.Take(query.Limit).Select(UserView.Of).ToArray();
        var next = found.Count > query.Limit ? cursors.Seal(scope, shown[^1].Id.ToByteArray(bigEndian: true)) : null;
        return new JsonAnswer(new Page<UserView>(shown, next, query.IncludeTotal ? await users.CountAll(cancel) : null));
    }

    /// <summary>The users of the company.</summary>
    [HttpGet("company"), Requires(Permission.UsersManage)]
    public async Task<ActionResult> OfCompany([FromQuery] CompanyUsersQuery query, CancellationToken cancel)
    {
        var scope = new CursorScope(HttpContext.Tenant(), "company-users", query.Search ?? "");
        return cursors.Open(scope, query.Cursor, query.Limit) is { } page
            ? cursors.Answer(scope, await users.OfCompany(HttpContext.Tenant(), query.Search, page, cancel), row => UserView.Of(row.State), null)
            : Cursors.Invalid().ToResult();
    }

    /// <summary>Who the caller is.</summary>
    [HttpGet("profile"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Profile() => Answers.Resource(Request, await Own().Get(), v => v.Version);

    /// <summary>Replaces what the caller says of itself.</summary>
    [HttpPut("profile"), Requires(Permission.OwnProfile, Platform = true)]
    [ProducesResponseType<UserView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> UpdateProfile([FromBody] ProfileRequest body) =>
        Answers.Of(await Own().Send(new UpdateProfile(body.FirstName, body.LastName, body.Phone, body.Address), HttpContext.Command()), view => Answers.Done(view, view.Version));

    // An ADMIN who has named a company still is a user of the platform.
    private IUserGrain Own()
    {
        var caller = HttpContext.Caller();
        CallerTenant.Set(caller.Home.Value);
        return grains.GetGrain<IUserGrain>(GrainKey.For(caller.Home.Value, caller.UserId));
    }
}

/// <summary>What part of a company's users is asked for.</summary>
public sealed record CompanyUsersQuery
{
    /// <summary>Name or e-mail address begins with this.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Search { get; init; }

    /// <summary>Rows at most.</summary>
    [Range(1, 100)]
    public int Limit { get; init; } = 20;

    /// <summary>The last page's nextCursor.</summary>
    public string? Cursor { get; init; }
}
