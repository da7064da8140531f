using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Admin;

/// <summary>The cluster that this installation is.</summary>
[ApiController, ApiVersion(2.0), Route("api/admin/cluster"), Requires(Permission.PlatformAdmin, Platform = true)]
public sealed class ClusterController(IClusterLook look) : ControllerBase
{
    /// <summary>
    /// Silos, Api nodes, the store, and what is behind, in one look. Answers within seconds, whatever hangs: what does not answer in time
    /// is shown as such.
    /// </summary>
    [HttpGet]
    [ProducesResponseType<ClusterView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Get(CancellationToken cancel) => new JsonAnswer(await look.Ask(cancel));
}
