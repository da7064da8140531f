using Asp.Versioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Companies;
using Tms.Domain.Sessions;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Auth;

/// <summary>Registering, logging in and out.</summary>
[ApiController, ApiVersion(2.0), Route("api/auth"), AllowAnonymous]
public sealed class AuthController(LoginDesk desk, Passwords passwords, Sessions sessions, TokenReader tokens, TimeProvider time) : ControllerBase
{
    private static readonly Refusal EmailTaken = Refusal.State("email_taken", "This e-mail address is in use: log in, or choose another.");

    /// <summary>Registers a company with its HOVEDBRUKER, who is logged in at once.</summary>
    [HttpPost("register")]
    [ProducesResponseType<LoginAnswer>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Register([FromBody] RegisterRequest body, CancellationToken cancel)
    {
        var (company, person) = (body.Company.ToInput(), new UserInput(body.Email, body.FirstName, body.LastName));
        if (Check(company, person, body.Password) is { } faults) return faults;

        var (companyId, userId) = (Guid.CreateVersion7(time.GetUtcNow()), Guid.CreateVersion7(time.GetUtcNow()));
        var command = new RegisterCompany(companyId, company, userId, person, await desk.Hash(body.Password, cancel));
        var outcome = await desk.Register(command, HttpContext.Facts().CorrelationId);
        return outcome.View is null
            ? Answers.Of(outcome, view => Answers.Done(view, view.Version), EmailTaken)
            : Answers.Created($"/api/v2/companies/{companyId}", await desk.Begin((await desk.Find(new(companyId), userId))!, cancel), 1);
    }

    /// <summary>Logs in.</summary>
    [HttpPost("login")]
    [ProducesResponseType<LoginAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Login([FromBody] LoginRequest body, CancellationToken cancel) =>
        await desk.Check(body.Email, body.Password, cancel) is { } user ? new JsonAnswer(await desk.Begin(user, cancel)) : Answers.Unauthenticated();

    /// <summary>Exchanges a refresh token for the next pair of tokens.</summary>
    [HttpPost("refresh")]
    [ProducesResponseType<LoginAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Refresh([FromBody] RefreshRequest body, CancellationToken cancel) =>
        await desk.Refresh(body.RefreshToken, HttpContext.Facts().IdempotencyKey, HttpContext.Facts().CorrelationId, cancel) is { } answer ? new JsonAnswer(answer) : Answers.Unauthenticated();

    /// <summary>Ends the session of a refresh token.</summary>
    [HttpPost("logout")]
    public async Task<ActionResult> Logout([FromBody] RefreshRequest body, CancellationToken cancel)
    {
        if (await sessions.Find(body.RefreshToken, cancel) is (var session, var user)) await sessions.End(session, user, SessionEnd.Logout, HttpContext.Facts().CorrelationId, cancel);
        return NoContent();
    }

    /// <summary>Says whether an access token holds, and whose it is.</summary>
    [HttpPost("verify")]
    [ProducesResponseType<VerifyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Verify([FromBody] VerifyRequest body, CancellationToken cancel)
    {
        var caller = (await tokens.Read(body.Token, cancel))?.Caller;
        var user = caller is null ? null : await desk.Find(caller.Home, caller.UserId);
        return new JsonAnswer(new VerifyAnswer(user is not null, user));
    }

    private ActionResult? Check(CompanyInput company, UserInput person, string password)
    {
        var faults = CompanyRules.Check(company, person);
        return Answers.Faults(passwords.Fault(password) is { } fault ? [.. faults, Refusal.Invalid("/password", "weak_password", fault)] : faults);
    }
}
