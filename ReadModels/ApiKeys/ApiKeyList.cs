using Tms.Domain.ApiKeys;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.ApiKeys;

/// <summary>Lists of API keys.</summary>
public sealed class ApiKeyList(IDatabase database)
{
    internal static readonly StateTable<ApiKey> Table = new("api_keys", [], _ => []);

    /// <summary>One page of a company's keys, revoked ones too, by when they were made.</summary>
    public Task<Page<StateRow<ApiKey>>> Find(TenantId tenant, PageRequest page, CancellationToken cancel) =>
        All(tenant).Find(database, new(null, false), page, r => StateRows.Read(r, ApiKeyDecider.Instance), k => new Keyset(null, k.CreatedSequence), cancel);

    /// <summary>How many these are.</summary>
    public Task<long> Count(TenantId tenant, CancellationToken cancel) => All(tenant).Count(database, cancel);

    private static ListQuery All(TenantId tenant) => new("api_keys", StateRows.Columns, tenant);
}
