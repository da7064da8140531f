using System.Collections.Concurrent;
using Tms.EventStore;

namespace Tms.ReadModels.Hosting;

/// <summary>
/// How many rows a filter lets through: counted once for as long as the company's log stands still. Rows commit with events, so the total
/// is that of now.
/// </summary>
/// <remarks>A rebuild that repairs rows moves no log: such a total is counted anew after <see cref="Longest"/> at the latest.</remarks>
public sealed class ListTotals(IDatabase database, TimeProvider time)
{
    private const int MostKept = 1000;

    private readonly ConcurrentDictionary<(TenantId Tenant, object Filter), Total> _kept = new();

    /// <summary>How long a total is kept at most: 1 min.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The total of a filter.</summary>
    /// <param name="tenant">Whose rows.</param>
    /// <param name="filter">What is counted: a value that equals another if and only if the same is counted.</param>
    /// <param name="count">Counts.</param>
    /// <param name="cancel">Cancels the question of where the log stands.</param>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    public async Task<long> Of(TenantId tenant, object filter, Func<Task<long>> count, CancellationToken cancel)
    {
        // Before the count: what commits in between is counted, and the next question sees another place.
        var place = await Place(tenant, cancel);
        if (_kept.TryGetValue((tenant, filter), out var kept) && kept.Place == place && time.GetElapsedTime(kept.CountedAt) < Longest)
            return kept.Rows;
        var rows = await count();
        if (_kept.Count >= MostKept) _kept.Clear();
        _kept[(tenant, filter)] = new(place, rows, time.GetTimestamp());
        return rows;
    }

    // A table that the keeper has caught up with is another set of models at the same sequence.
    private async Task<(long, string)> Place(TenantId tenant, CancellationToken cancel) =>
        (await database.Query(
            "select sequence, models from tenants where tenant = @tenant", r => (r.GetInt64(0), r.GetString(1)), cancel,
            ("tenant", tenant.Value)))
        .FirstOrDefault();

    private sealed record Total((long Sequence, string Models) Place, long Rows, long CountedAt);
}
