using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Auth;

/// <summary>Where the caller is logged in.</summary>
[ApiController, ApiVersion(2.0), Route("api/auth/sessions"), Requires(Permission.OwnProfile, Platform = true)]
public sealed class SessionsController(UserSessions sessions) : ControllerBase
{
    /// <summary>The caller's sessions, oldest first.</summary>
    [HttpGet]
    [ProducesResponseType<SessionsAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List(CancellationToken cancel)
    {
        var caller = HttpContext.Facts().Caller!;
        var rows = await sessions.List(caller.Home, caller.UserId, cancel);
        return new JsonAnswer(new SessionsAnswer([.. rows.Select(row => SessionAnswer.Of(row, caller))]));
    }

    /// <summary>Ends one of them, at once.</summary>
    [HttpDelete("{id:guid}")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> End(Guid id, CancellationToken cancel)
    {
        var caller = HttpContext.Facts().Caller!;
        return await sessions.End(caller.Home, caller.UserId, id, HttpContext.Facts().CorrelationId, cancel)
            ? NoContent()
            : Answers.NotFound();
    }
}

/// <summary>A user's sessions.</summary>
/// <param name="Items">All of them.</param>
public sealed record SessionsAnswer(SessionAnswer[] Items);

/// <summary>One session.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CreatedAt">When it began, UTC.</param>
/// <param name="LastUsedAt">When it was last refreshed, UTC.</param>
/// <param name="ExpiresAt">When it ends where nobody refreshes it, UTC.</param>
/// <param name="UserAgent">By what; null where that is not known.</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
public sealed record SessionAnswer(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, string? UserAgent, bool IsCurrent)
{
    internal static SessionAnswer Of(SessionRow row, Caller caller)
    {
        // A row of before these were noted: 30 days before its end.
        var noted = row.LastUsedAt ?? row.ExpiresAt - Sessions.Lifetime;
        return new(row.Id, row.CreatedAt ?? noted, noted, row.ExpiresAt, row.UserAgent, row.Id == caller.SessionId);
    }
}
