using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Audit;

/// <summary>Somebody who can write to the database and would have a company's history read otherwise.</summary>
internal sealed class Tampering(ApiFixture api, Guid company) : IAsyncDisposable
{
    private readonly ServiceProvider _store = StoreOf.Open(api.Site);
    private readonly TenantId _tenant = new(company);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IDatabase Database => _store.GetRequiredService<IDatabase>();

    /// <summary>The company's events, oldest first.</summary>
    public Task<IReadOnlyList<RecordedEvent>> Log() =>
        _store.GetRequiredService<IEventReader>().ReadCompany(_tenant, CompanySequence.Start, 10_000, Cancel);

    /// <summary>Changes one byte of what an event says.</summary>
    public async Task ChangeByte(long position)
    {
        var data = (await Log())[(int)position - 1].Data.ToArray();
        data[^2] ^= 1;
        await Run("update events set data = @bytes where tenant = @tenant and sequence = @at", ("at", position), ("bytes", data));
    }

    /// <summary>Takes one event out.</summary>
    public Task TakeOut(long position) => Run("delete from events where tenant = @tenant and sequence = @at", ("at", position));

    /// <summary>Notes another hash as the log's last.</summary>
    public Task ForgeEnd() => Run("update tenants set hash = @bytes where tenant = @tenant", ("bytes", new byte[32]));

    /// <summary>Takes away all after a position, and notes it as the end: the chain that is left is sound.</summary>
    public async Task CutAfter(long position)
    {
        var last = (await Log())[(int)position - 1];
        await Run("delete from events where tenant = @tenant and sequence > @at", ("at", position));
        await NoteEnd(last, last.Hash);
    }

    /// <summary>
    /// Has an event say it happened a microsecond earlier, and computes every hash after it anew: the chain is sound again.
    /// </summary>
    public async Task Rewrite(long position)
    {
        var hash = HashChain.Genesis(_tenant);
        var log = await Log();
        foreach (var e in log)
        {
            var told = e.Sequence.Value == position ? e with { TimeMicros = e.TimeMicros - 1 } : e;
            hash = HashChain.Next(hash, told);
            await Run(
                "update events set hash = @bytes, time_us = @time where tenant = @tenant and sequence = @at", ("at", e.Sequence.Value),
                ("time", told.TimeMicros), ("bytes", hash));
        }

        await NoteEnd(log[^1], hash);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task NoteEnd(RecordedEvent last, byte[] hash) =>
        Run(
            "update tenants set sequence = @at, hash = @bytes, time_us = @time where tenant = @tenant", ("at", last.Sequence.Value),
            ("bytes", hash), ("time", last.TimeMicros));

    private async Task Run(string sql, params (string Name, object? Value)[] parameters) =>
        Assert.NotEqual(0, await Database.Execute(sql, Cancel, [("tenant", _tenant.Value), .. parameters]));
}
