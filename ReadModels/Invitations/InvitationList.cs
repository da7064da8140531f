using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Invitations;

/// <summary>Lists of invitations.</summary>
public sealed class InvitationList(IDatabase database)
{
    internal static readonly StateTable<Invitation> Table = new(TmsAggregates.Invitations,
        [new("is_open", ColumnType.Bool), new("expires_us", ColumnType.Long)],
        i => [i.Status == InvitationStatus.Open, Micros.Of(i.ExpiresAt)]);

    /// <summary>One page of a company's invitations that somebody can still join with, by when they were made.</summary>
    public Task<Page<StateRow<Invitation>>> Open(TenantId tenant, DateTimeOffset now, PageRequest page, CancellationToken cancel) =>
        Filtered(tenant, now).Find(database, new(null, false), page, Table.Row, i => new Keyset(null, i.CreatedSequence), cancel);

    /// <summary>How many these are.</summary>
    public Task<long> CountOpen(TenantId tenant, DateTimeOffset now, CancellationToken cancel) =>
        Filtered(tenant, now).Count(database, cancel);

    private static ListQuery Filtered(TenantId tenant, DateTimeOffset now) =>
        Table.Of(tenant).And("is_open and expires_us > @now", ("now", Micros.Of(now)));
}
