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

/// <summary>Companies in the words of the old system.</summary>
[ApiController, ApiVersion(1.0), Route("api/companies"), Requires(Permission.CompanyRead, Platform = true)]
public sealed class CompaniesV1Controller(CompanyDesk desk, CompanyList companies) : ControllerBase
{
    private const int Attempts = 4;

    /// <summary>Every company.</summary>
    [HttpGet, Requires(Permission.CompaniesManage, Platform = true)]
    [ProducesResponseType<OldPage<BedriftView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List([FromQuery] OldPageQuery query, CancellationToken cancel)
    {
        var page = await companies.All(Guid.Empty, query.Limit, query.ToRequest().Offset, cancel);
        return query.Answer(page.Select(c => BedriftView.Of(CompanyView.Of(c))), await companies.CountAll(cancel));
    }

    /// <summary>One company.</summary>
    [HttpGet("{id:guid}")]
    [ProducesResponseType<BedriftView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(Guid id) => desk.Find(HttpContext, id) is { } company && await company.Get() is { } view
        ? Answers.Resource(Request, BedriftView.Of(view), _ => view.Version)
        : Answers.NotFound();

    /// <summary>Replaces what v1 knows of a company.</summary>
    [HttpPut("{id:guid}"), Requires(Permission.CompanyChange, Platform = true)]
    [ProducesResponseType<BedriftView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Update(Guid id, [FromBody] BedriftRequest body)
    {
        if (desk.Find(HttpContext, id) is not { } company) return Answers.NotFound();
        for (var attempt = 1; ; attempt++)
        {
            if (await company.Get() is not { } now) return Answers.NotFound();
            var outcome = await company.Send(new UpdateCompany(body.ToInput(now)), Context(id, now));
            if (outcome.Kind != OutcomeKind.Stale || HttpContext.Facts().HasPrecondition || attempt == Attempts)
                return Answers.Of(outcome, view => Answers.Done(BedriftView.Of(view), view.Version));
        }
    }

    // What v1 has no word for is taken from a version, and holds for that version only.
    private CommandContext Context(Guid id, CompanyView now)
    {
        var context = CompanyDesk.Context(HttpContext, id);
        return context with { ExpectedVersions = context.ExpectedVersions ?? [now.Version] };
    }
}
