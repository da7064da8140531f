using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Companies;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;

namespace Tms.Api.Companies;

/// <summary>The company that a caller acts for.</summary>
[ApiController, ApiVersion(2.0), Route("api/companies"), Requires(Permission.CompanyRead, Platform = true)]
public sealed class CompaniesController(CompanyDesk desk) : ControllerBase
{
    /// <summary>One company: the caller's own, or any for an ADMIN.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<CompanyView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id, [FromQuery] PastQuery past) =>
        desk.Find(HttpContext, id) is { } company ? Answers.Resource(Request, await company.Get(past), v => v.Version) : Answers.NotFound();

    /// <summary>Replaces what can be changed about a company; its organisation number must be the one it has.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.CompanyChange, Platform = true)]
    [ProducesResponseType<CompanyView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Update(Guid id, [FromBody] CompanyRequest body)
    {
        if (desk.Find(HttpContext, id) is not { } company) return Answers.NotFound();
        return Answers.Of(
            await company.Send(new UpdateCompany(body.ToInput()), CompanyDesk.Context(HttpContext, id)),
            view => Answers.Done(view, view.Version));
    }
}
