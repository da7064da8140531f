using System.ComponentModel.DataAnnotations;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Api.Users;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Auth;

/// <summary>Making a user as the old system did: by somebody who may manage that company's users, and never above oneself.</summary>
[ApiController, ApiVersion(1.0), Route("api/auth"), Requires(Permission.UsersManage, Platform = true)]
public sealed class RegisterV1Controller(
    LoginDesk desk, Passwords passwords, ICompanyDirectory companies, TimeProvider time) : ControllerBase
{
    private static readonly Refusal EmailTaken = Refusal.State(AuthCodes.EmailTaken, "This e-mail address is in use: choose another.");

    /// <summary>Makes a user, who can log in at once.</summary>
    [HttpPost("register")]
    [ProducesResponseType<OldRegisterAnswer>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Register([FromBody] OldRegisterRequest body, CancellationToken cancel)
    {
        var company = body.Rolle == Role.Admin ? body.BedriftId : body.BedriftId ?? HttpContext.Caller().CompanyId;
        if (!MayMake(body.Rolle, company)) return Faults.Bare(StatusCodes.Status403Forbidden).ToResult();
        if (company is { } id && !await companies.Exists(id))
            return Answers.Fault("/companyId", AuthCodes.UnknownCompany, "There is no company with this id.");

        var command = new RegisterUser(
            Guid.CreateVersion7(time.GetUtcNow()), company, body.Rolle, body.ToPerson(), await passwords.Hash(body.Password, cancel));
        return Answers.Of(
            await desk.Register(command, Context(company)),
            view => Answers.Created($"/api/v1/users/{view.Id}", new OldRegisterAnswer(Bruker.Of(view, null)), view.Version), EmailTaken);
    }

    // An ADMIN makes users of companies that it need not name in the header.
    private CommandContext Context(Guid? company)
    {
        var home = HttpContext.Caller().Home;
        return HttpContext.Command() with { ActorCompany = home.Value == (company ?? TenantId.Platform.Value) ? null : home.Value };
    }

    private bool MayMake(Role role, Guid? company)
    {
        var caller = HttpContext.Caller();
        return role <= caller.Role && (caller.Role == Role.Admin || company == caller.CompanyId);
    }
}

/// <summary>A new user, in the words of the old system.</summary>
public sealed record OldRegisterRequest : IRuled
{
    /// <summary>Address to log in with; unique in the whole system.</summary>
    [StringLength(254, MinimumLength = 3)]
    [OldName("email")]
    public required string Email { get; init; }

    /// <summary>At least 10 characters, and none of the common ones.</summary>
    [StringLength(Passwords.MaxLength, MinimumLength = Passwords.MinLength)]
    [OldName("password")]
    public required string Password { get; init; }

    /// <summary>firstName.</summary>
    [StringLength(100, MinimumLength = 1)]
    [OldName("firstName")]
    public required string Fornavn { get; init; }

    /// <summary>lastName.</summary>
    [StringLength(100, MinimumLength = 1)]
    [OldName("lastName")]
    public required string Etternavn { get; init; }

    /// <summary>The company; left out: the caller's own, and none for an ADMIN.</summary>
    [OldName("companyId")]
    public Guid? BedriftId { get; init; }

    /// <summary>role.</summary>
    [OldName("role")]
    public required Role Rolle { get; init; }

    internal UserInput ToPerson() => new(Email, Fornavn, Etternavn);

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => [.. UserRules.Check(ToPerson()), .. facts.WeakPassword("/password", Password)];
}

/// <summary>What registering a user gives in v1.</summary>
/// <param name="User">Who was made.</param>
public sealed record OldRegisterAnswer(Bruker User);
