using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Projections;

namespace Tms.Api.Admin;

/// <summary>The tables that queries read.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/projections"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class ProjectionsController(IReadModels models, IGrainFactory grains) : ControllerBase
{
    /// <summary>Lists them all, each with its last rebuild.</summary>
    [HttpGet]
    [ProducesResponseType<Page<ProjectionView>>(StatusCodes.Status200OK)]
    public async Task<ActionResult> List(CancellationToken cancel)
    {
        var behind = await models.Behind(cancel);
        return new JsonAnswer(new Page<ProjectionView>(
            await Task.WhenAll(models.Tables.Select(async name => View(name, behind, await Grain(name).Get()))), null));
    }

    /// <summary>
    /// Folds a table anew from the log, for all companies, while people work. Answers when it has begun; the list tells how it went.
    /// </summary>
    [HttpPost("{name}/rebuild")]
    [ProducesResponseType<ProjectionView>(StatusCodes.Status202Accepted)]
    public async Task<ActionResult> Rebuild(string name, CancellationToken cancel) => models.Tables.Contains(name)
        ? new JsonAnswer(View(name, await models.Behind(cancel), await Grain(name).Rebuild()), StatusCodes.Status202Accepted)
        : Answers.NotFound();

    private static ProjectionView View(string name, IReadOnlyDictionary<string, int> behind, RebuildView rebuild) =>
        new(name, behind.GetValueOrDefault(name), rebuild);

    private IProjectionGrain Grain(string name) => grains.GetGrain<IProjectionGrain>(name);
}

/// <summary>A table that queries read.</summary>
/// <param name="Name">SQL name.</param>
/// <param name="Behind">How many companies' rows are behind their log: 0 but for upgrades.</param>
/// <param name="Rebuild">Its last rebuild.</param>
public sealed record ProjectionView(string Name, int Behind, RebuildView Rebuild);
