using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Companies;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.ReadModels.Companies;

namespace Tms.Api.Companies;

/// <summary>All companies, for those who run the platform.</summary>
[ApiController, ApiVersion(2.0), Route("api/companies"), Requires(Permission.CompaniesManage, Platform = true)]
public sealed class PlatformCompaniesController(CompanyDesk desk, ListDesk lists, CompanyList companies, TimeProvider time) : ControllerBase
{
    /// <summary>Every company, by when it was made.</summary>
    [HttpGet]
    [ProducesResponseType<Page<CompanyView>>(StatusCodes.Status200OK)]
    public Task<ActionResult> List([FromQuery] PageQuery query, CancellationToken cancel) => lists.AnswerAll(
        "companies", query, async (after, limit) => (await companies.All(after, limit, 0, cancel)).Select(CompanyView.Of),
        () => companies.CountAll(cancel), company => company.Id);

    /// <summary>Makes a company, without users and modules.</summary>
    [HttpPost]
    [ProducesResponseType<CompanyView>(StatusCodes.Status201Created)]
    public async Task<ActionResult> Create([FromBody] CompanyRequest body)
    {
        var id = NewId();
        return Answers.Of(await desk.Grain(HttpContext, id).Send(new CreateCompany(body.ToInput()), CompanyDesk.Context(HttpContext, id)),
            view => Answers.Created($"/api/v2/companies/{view.Id}", view, view.Version));
    }

    // A company's log holds its keys: a repeat finds them only where it leads to the same company.
    private Guid NewId() => HttpContext.Command().KeyHash is { } key ? DerivedIds.Of(key, milliseconds: 0) : HttpContext.NewId(time);
}
