namespace Tms.EventStore.Tests.Stores;

/// <summary>What must hold of every tenant's log, whatever happened to it.</summary>
internal static class Log
{
    /// <summary>
    /// Sequences without gaps, versions without gaps, time and position that only grow, a chain that fits, and the head at its end.
    /// </summary>
    public static async Task<IReadOnlyList<RecordedEvent>> Sound(this StoreUnderTest store, TenantId tenant)
    {
        var log = await store.Whole(tenant);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Sequence.Value));
        foreach (var stream in log.GroupBy(e => e.Stream))
            Assert.Equal(Enumerable.Range(1, stream.Count()), stream.Select(e => e.Version.Value));
        foreach (var (earlier, later) in log.Zip(log.Skip(1)))
        {
            Assert.True(earlier.TimeMicros <= later.TimeMicros, $"Time runs backwards at {later.Sequence}.");
            Assert.True(earlier.Position.Value < later.Position.Value, $"Position runs backwards at {later.Sequence}.");
        }

        var hash = Chained(tenant, log);
        var head = await store.Head(tenant);
        Assert.Equal((tenant, log.Count, log.Count == 0 ? 0 : log[^1].TimeMicros), (head.Tenant, head.Sequence.Value, head.TimeMicros));
        Assert.Equal(Convert.ToHexString(hash), Convert.ToHexString(head.Hash));
        return log;
    }

    /// <summary>A tenant's log, read page by page until nothing follows.</summary>
    public static async Task<IReadOnlyList<RecordedEvent>> Whole(this StoreUnderTest store, TenantId tenant)
    {
        var log = new List<RecordedEvent>();
        while (await store.Company(tenant, log.Count) is { Count: > 0 } page) log.AddRange(page);
        return log;
    }

    /// <summary>Checks every hash from the tenant's genesis on; the last one.</summary>
    public static byte[] Chained(TenantId tenant, IEnumerable<RecordedEvent> log)
    {
        var hash = HashChain.Genesis(tenant);
        foreach (var e in log)
        {
            hash = HashChain.Next(hash, e);
            Assert.Equal(Convert.ToHexString(hash), Convert.ToHexString(e.Hash));
        }

        return hash;
    }
}
