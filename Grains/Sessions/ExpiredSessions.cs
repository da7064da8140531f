using System.Runtime.CompilerServices;
using Tms.EventStore;
using Tms.Grains.Scheduling;

namespace Tms.Grains.Sessions;

/// <summary>Deletes refresh tokens that have expired, every hour: nobody can use them, and nobody needs to know of them.</summary>
internal sealed class ExpiredSessions(IDatabase database) : IJob
{
    // One statement must not hold up logins for long.
    private const int MostAtOnce = 1000;
    private const string Oldest = "select token_hash from sessions where expires_us <= @now order by expires_us limit @limit";

    /// <inheritdoc />
    public string Name => "expired-sessions";

    /// <inheritdoc />
    public ValueTask<DateTimeOffset> Next(DateTimeOffset now, CancellationToken cancel) => new(now + TimeSpan.FromHours(1));

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<DueWork>> Due(
        DateTimeOffset now, int pageSize, [EnumeratorCancellation] CancellationToken cancel)
    {
        var counted = await database.Query(
            "select count(*) from sessions where expires_us <= @now", static r => r.GetInt64(0), cancel, ("now", Micros.Of(now)));
        for (var left = counted[0]; left > 0; left -= MostAtOnce)
        {
            yield return [new DueWork(TenantId.Platform.Value, TenantId.Platform.Value, Micros.Of(now))];
        }
    }

    /// <inheritdoc />
    public Task Do(DueWork work, JobContext context) => database.Execute(
        $"delete from sessions where token_hash in ({Oldest})", CancellationToken.None, ("now", work.Occasion), ("limit", MostAtOnce));
}
