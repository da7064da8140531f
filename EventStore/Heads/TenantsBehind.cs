using Tms.EventStore.Lanes;

namespace Tms.EventStore.Heads;

/// <summary>Finds tenants some of whose read models, of those that this process keeps, are behind their log.</summary>
internal sealed class TenantsBehind(InlineModels models, IDatabase database)
{
    private readonly IReadOnlyList<ModelName> _own = [.. TableModel.Of(models).Select(t => t.Name)];

    /// <summary>What this process keeps, as text: the same for processes that would do the same work.</summary>
    public string Kind => models.Names;

    /// <summary>
    /// The sets of covered read models that lack one of ours, each with how many tenants have it. As few as releases that ran side by side.
    /// </summary>
    public async Task<IReadOnlyList<(string Models, int Tenants)>> Sets(CancellationToken cancel)
    {
        var sets = await database.Query("select models, count(*) from tenants where models <> @own group by models",
            r => (r.GetString(0), (int)r.GetInt64(1)), cancel, ("own", models.Names));
        return sets.FindAll(s => Lacking(s.Item1).Any());
    }

    /// <summary>Those of ours that a set lacks.</summary>
    public IEnumerable<ModelName> Lacking(string set) => _own.Except(ModelName.Set(set));

    public Task<List<TenantId>> Tenants(string set, CancellationToken cancel) =>
        database.Query(
            "select tenant from tenants where models = @set order by tenant", r => new TenantId(r.GetGuid(0)), cancel, ("set", set));
}
