using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Readers;

namespace Tms.Api.Audit;

/// <summary>Proof that a company's log is as it was written.</summary>
[ApiController, ApiVersion(2.0), Route("api/audit"), Requires(Permission.Audit)]
public sealed class LogProofController(LogWalks walks, HeadCheck check, SignedHeads heads, IEventReader reader) : ControllerBase
{
    // About what a log of a hundred thousand events takes.
    private const int Patience = 5;

    /// <summary>
    /// Walks the company's hash chain from its first event to its last, and names the first position that is not as it was written.
    /// </summary>
    /// <remarks>
    /// It reads the whole log; 429 while this node does so for somebody else. A log that was cut at its end, or written anew as a whole, is
    /// sound in itself:
    /// it shows against heads that were kept outside, see POST.
    /// </remarks>
    [HttpGet("verify")]
    [ProducesResponseType<LogVerificationView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Verify(CancellationToken cancel) =>
        await walks.Walk(HttpContext.Tenant(), cancel) is { } state ? new JsonAnswer(await View(state, cancel)) : UnderWay();

    /// <summary>
    /// The same, and holds the log against heads that were kept: a cut end and a log written anew show. It causes no event.
    /// </summary>
    [HttpPost("verify")]
    [ProducesResponseType<HeadVerificationView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> VerifyHeads([FromBody] HeadsRequest body, CancellationToken cancel)
    {
        if (await walks.Walk(HttpContext.Tenant(), cancel) is not { } state) return UnderWay();
        var verdicts = await check.Check(HttpContext.Tenant(), body.Heads, cancel);
        var chain = Held(await View(state, cancel), verdicts);
        return new JsonAnswer(new HeadVerificationView(
            chain.CompanyId, chain.Events, chain.HeadHash, chain.Valid, chain.FirstBadPosition, chain.Reason,
            [.. verdicts.Select(verdict => verdict.ToView())]));
    }

    /// <summary>
    /// The end of the company's log, signed with a key of <c>/.well-known/jwks.json</c>: to be kept outside, and given to POST verify
    /// later.
    /// </summary>
    [HttpGet("head")]
    [ProducesResponseType<SignedHeadView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Head(CancellationToken cancel)
    {
        var head = LogHead.Of(await reader.Head(HttpContext.Tenant(), cancel), await reader.Epoch(cancel));
        return new JsonAnswer(new SignedHeadView(heads.Sign(head), head.CompanyId, head.Position, head.Hash, head.Time, head.Epoch));
    }

    private async Task<LogVerificationView> View(ChainState state, CancellationToken cancel)
    {
        var tenant = HttpContext.Tenant();
        if (state.Fault is not { } fault)
            return new(tenant.Value, state.Sequence.Value, Convert.ToHexStringLower(state.Hash), Valid: true, null, null);
        var noted = await reader.Head(tenant, cancel);
        return new(tenant.Value, noted.Sequence.Value, Convert.ToHexStringLower(noted.Hash), Valid: false, fault.At.Value, fault.Reason);
    }

    // Of a chain that is broken in itself the break is told: it says more exactly where.
    private static LogVerificationView Held(LogVerificationView chain, IReadOnlyList<HeadVerdict> verdicts)
    {
        if (!chain.Valid || verdicts.Where(verdict => verdict.Contradicts).MinBy(verdict => verdict.Position) is not { } first)
            return chain;
        return chain with
        {
            Valid = false,
            FirstBadPosition = Math.Min(first.Position!.Value, chain.Events + 1),
            Reason = $"a signed head says otherwise: {first.Reason}",
        };
    }

    private static ActionResult UnderWay() =>
        new Problem(
            StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited,
            "The log of this company is being walked already; try again shortly.")
        { RetryAfter = Patience }.ToResult();
}
