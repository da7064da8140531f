using Asp.Versioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Sessions;

namespace Tms.Api.Auth;

/// <summary>Registering, logging in and out.</summary>
[ApiController, ApiVersion(2.0), Route("api/auth"), AllowAnonymous]
public sealed class AuthController(
    LoginDesk desk, Registrations registrations, Sessions sessions, RefreshTokens refreshing, ICallerLimits limits, TokenReader tokens)
    : ControllerBase
{
    /// <summary>
    /// Registers a company with its HOVEDBRUKER, or joins a company with an invitation. Whoever registers is logged in at once.
    /// </summary>
    [HttpPost("register")]
    [ProducesResponseType<LoginAnswer>(StatusCodes.Status201Created)]
    public Task<ActionResult> Register([FromBody] RegisterRequest body, CancellationToken cancel) =>
        registrations.Register(body, Visit.Of(HttpContext), cancel);

    /// <summary>Logs in.</summary>
    [HttpPost("login")]
    [ProducesResponseType<LoginAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Login([FromBody] LoginRequest body, CancellationToken cancel)
    {
        var result = await desk.LogIn(body.ToCredentials(), Visit.Of(HttpContext), lasts: true, cancel);
        if (result.Answer is { } answer) return new JsonAnswer(answer);
        if (!result.NeedsCode) return Answers.Unauthenticated();

        // The password holds: a depot whose people all have a second factor guesses nothing.
        limits.Succeed(HttpContext);
        return Answers.NeedsCode();
    }

    /// <summary>Exchanges a refresh token for the next pair of tokens.</summary>
    [HttpPost("refresh"), CountedBySession]
    [ProducesResponseType<LoginAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Refresh([FromBody] RefreshRequest body, CancellationToken cancel)
    {
        if (await TooMany(body, cancel) is { } problem) return problem.ToResult();
        var answer = await desk.Refresh(body.RefreshToken, HttpContext.Facts().IdempotencyKey, Visit.Of(HttpContext), cancel);
        return answer is null ? Answers.Unauthenticated() : new JsonAnswer(answer);
    }

    /// <summary>Ends the session of a refresh token.</summary>
    [HttpPost("logout"), CountedBySession]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Logout([FromBody] RefreshRequest body, CancellationToken cancel)
    {
        if (await TooMany(body, cancel) is { } problem) return problem.ToResult();
        if (await sessions.Find(body.RefreshToken, cancel) is { Session: var session })
            await sessions.End(session.Id, session.User, SessionEnd.Logout, HttpContext.Facts().CorrelationId, cancel);
        return NoContent();
    }

    /// <summary>Says whether an access token holds, and whose it is.</summary>
    [HttpPost("verify")]
    [ProducesResponseType<VerifyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Verify([FromBody] VerifyRequest body, CancellationToken cancel)
    {
        var caller = (await tokens.Read(body.Token, cancel))?.Caller;
        var user = caller is null ? null : await desk.Find(caller.Home, caller.UserId);
        if (user is null) limits.Fail(HttpContext);
        return new JsonAnswer(new VerifyAnswer(user is not null, user));
    }

    // Before the database is asked: by the session that a sealed token names, and like a stranger's try what is not sealed.
    private async ValueTask<Problem?> TooMany(RefreshRequest body, CancellationToken cancel) =>
        await refreshing.SessionOf(body.RefreshToken, cancel) is { } session
            ? await limits.Session(HttpContext, session)
            : await limits.Stranger(HttpContext);
}
