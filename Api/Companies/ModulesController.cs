using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Api.Security;
using Tms.Domain.Companies;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;

namespace Tms.Api.Companies;

/// <summary>What a company has activated.</summary>
[ApiController, ApiVersion(2.0), Route("api/companies/{id:guid}/modules"), Requires(Permission.CompanyRead, Platform = true)]
public sealed class ModulesController(CompanyDesk desk, IRevocations revocations) : ControllerBase
{
    /// <summary>The active modules.</summary>
    [HttpGet]
    [ProducesResponseType<ModulesView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id) => desk.Find(HttpContext, id) is { } company && await company.Get() is { } view
        ? Answers.Resource(Request, ModulesView.Of(view), v => v.Version)
        : Answers.NotFound();

    /// <summary>Says which modules are active from now on: all others are not. Holds at once.</summary>
    [HttpPut, Requires(Permission.CompaniesManage, Platform = true)]
    [ProducesResponseType<ModulesView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Set(Guid id, [FromBody] ModulesRequest body, CancellationToken cancel)
    {
        var command = desk.Grain(HttpContext, id).Send(new SetModules([.. body.Modules]), CompanyDesk.Context(HttpContext, id));
        return Answers.Of(await revocations.Heeding(command, cancel), view => Answers.Done(ModulesView.Of(view), view.Version));
    }
}

/// <summary>Which modules are to be active.</summary>
[ReadOnlyInput(typeof(ModulesView))]
public sealed record ModulesRequest
{
    /// <summary>ECONOMY, HR, QUIZ, SIKKERHETSKONTROLL, in any order.</summary>
    [MaxLength(20)]
    public required IReadOnlyList<Module> Modules { get; init; }
}

/// <summary>What a company has activated.</summary>
/// <param name="CompanyId">Which company.</param>
/// <param name="Modules">What is active.</param>
/// <param name="Version">The company's version; the ETag.</param>
public sealed record ModulesView(Guid CompanyId, ImmutableArray<Module> Modules, int Version)
{
    internal static ModulesView Of(CompanyView company) => new(company.Id, company.Modules, company.Version);
}
