using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Companies;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Companies;

/// <summary>The company that a caller acts for.</summary>
[ApiController, ApiVersion(2.0), Route("api/companies"), Requires(Permission.CompanyRead, Platform = true)]
public sealed class CompaniesController(IGrainFactory grains) : ControllerBase
{
    /// <summary>One company: the caller's own, or any for an ADMIN.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<CompanyView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id, [FromQuery] PastQuery past) =>
        IsForeign(id) ? Answers.NotFound() : Answers.Resource(Request, await Grain(id).Get(past), v => v.Version);

    /// <summary>Replaces what can be changed about a company; its organisation number must be the one it has.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.CompanyChange, Platform = true)]
    [ProducesResponseType<CompanyView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Update(Guid id, [FromBody] CompanyRequest body)
    {
        if (IsForeign(id)) return Answers.NotFound();
        var input = body.ToInput();
        return Answers.Faults(CompanyRules.Check(input))
            ?? Answers.Of(await Grain(id).Send(new UpdateCompany(input), HttpContext.Command()), view => Answers.Done(view, view.Version));
    }

    private bool IsForeign(Guid id) => HttpContext.Caller() is { Role: not Role.Admin } caller && caller.CompanyId != id;

    // An ADMIN names the company by its address here.
    private ICompanyGrain Grain(Guid id)
    {
        CallerTenant.Set(id);
        return grains.GetGrain<ICompanyGrain>(GrainKey.For(id, id));
    }
}
