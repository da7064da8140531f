using Asp.Versioning;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Users;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>Logging in, in the words of the old system.</summary>
[ApiController, ApiVersion(1.0), Route("api/auth"), AllowAnonymous]
public sealed class AuthV1Controller(LoginDesk desk, TokenReader tokens, ICallerLimits limits, IGrainFactory grains) : ControllerBase
{
    /// <summary>Logs in.</summary>
    [HttpPost("login")]
    [ProducesResponseType<OldLoginAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Login([FromBody] LoginRequest body, CancellationToken cancel)
    {
        // The old wire has no refresh token: a session would be one that nobody can use.
        var result = await desk.LogIn(body.ToCredentials(), Visit.Of(HttpContext), lasts: false, cancel);
        if (result.Answer is { } answer) return new JsonAnswer(new OldLoginAnswer(answer.AccessToken, await Old(answer.User)));
        if (!result.NeedsCode) return Answers.Unauthenticated();
        limits.Succeed(HttpContext);
        return Answers.NeedsCode();
    }

    /// <summary>Says whether a token holds, and whose it is.</summary>
    [HttpPost("verify")]
    [ProducesResponseType<OldVerifyAnswer>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Verify([FromBody] VerifyRequest body, CancellationToken cancel)
    {
        var caller = (await tokens.Read(body.Token, cancel))?.Caller;
        var user = caller is null ? null : await desk.Find(caller.Home, caller.UserId);
        if (user is null) limits.Fail(HttpContext);
        return new JsonAnswer(new OldVerifyAnswer(user is not null, user is null ? null : await Old(user)));
    }

    private async Task<Innlogget> Old(UserView user)
    {
        if (user.CompanyId is not { } id) return Innlogget.Of(user, null);
        CallerTenant.Set(id);
        return Innlogget.Of(user, await grains.GetGrain<ICompanyGrain>(GrainKey.For(id, id)).Get());
    }
}

/// <summary>What a login of v1 gives.</summary>
/// <param name="Token">JWT, ES256.</param>
/// <param name="User">Who logged in.</param>
public sealed record OldLoginAnswer(string Token, Innlogget User);

/// <summary>What a token says, in v1.</summary>
/// <param name="Valid">Whether it holds now.</param>
/// <param name="User">Whose it is; null where it does not hold.</param>
public sealed record OldVerifyAnswer(bool Valid, Innlogget? User);

/// <summary>Who is logged in, as v1 reads it.</summary>
/// <param name="Id">id.</param>
/// <param name="Email">email.</param>
/// <param name="Fornavn">firstName.</param>
/// <param name="Etternavn">lastName.</param>
/// <param name="Rolle">role.</param>
/// <param name="Bedrift">The company; null for an ADMIN.</param>
public sealed record Innlogget(Guid Id, string Email, string Fornavn, string Etternavn, Role Rolle, Bedrift? Bedrift)
{
    internal static Innlogget Of(UserView user, CompanyView? company)
    {
        var bruker = Bruker.Of(user, company);
        return new(bruker.Id, bruker.Email, bruker.Fornavn, bruker.Etternavn, bruker.Rolle, bruker.Bedrift);
    }
}
