using Tms.Domain.ApiKeys;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.ApiKeys;

/// <summary>Lists of API keys.</summary>
public sealed class ApiKeyList(IDatabase database)
{
    internal static readonly StateTable<ApiKey> Table = new(TmsAggregates.ApiKeys, [], _ => []);

    /// <summary>One page of a company's keys, revoked ones too, by when they were made.</summary>
    public Task<Page<StateRow<ApiKey>>> Find(TenantId tenant, PageRequest page, CancellationToken cancel) =>
        Table.Of(tenant).Find(database, new(null, false), page, Table.Row, k => new Keyset(null, k.CreatedSequence), cancel);

    /// <summary>How many these are.</summary>
    public Task<long> Count(TenantId tenant, CancellationToken cancel) => Table.Of(tenant).Count(database, cancel);
}
