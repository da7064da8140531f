using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;

namespace Tms.Api.Audit;

/// <summary>Heads of a company's log that somebody has kept.</summary>
public sealed record HeadsRequest
{
    /// <summary>Compact JWS as <c>GET /api/audit/head</c> answered them, in any order.</summary>
    [MinLength(1), MaxLength(100), ItemLength(SignedHeads.MaxLength)]
    public required IReadOnlyList<string> Heads { get; init; }
}
