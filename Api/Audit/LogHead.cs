using Tms.EventStore;

namespace Tms.Api.Audit;

/// <summary>Where a company's log ended at a time.</summary>
/// <param name="CompanyId">The company.</param>
/// <param name="Position">The last event; 0 before the first.</param>
/// <param name="Hash">The chain's hash after it, lower-case hex.</param>
/// <param name="Time">Time of that event, UTC.</param>
/// <param name="Epoch">The history that the position belongs to.</param>
public sealed record LogHead(Guid CompanyId, long Position, string Hash, DateTimeOffset Time, Guid Epoch)
{
    internal static LogHead Of(TenantHead head, Guid epoch) =>
        new(head.Tenant.Value, head.Sequence.Value, Convert.ToHexStringLower(head.Hash), head.Time, epoch);
}
