namespace Tms.EventStore.Tests.Stores;

/// <summary>What read models must hold: the fold of the log from scratch.</summary>
internal static class Folds
{
    public static IEnumerable<object?[]> Fold(this IInlineProjection projection, IEnumerable<RecordedEvent> log)
    {
        var rows = new Dictionary<Guid, object?[]?>();
        foreach (var e in log.Where(e => projection.Follows(e.Stream.Type)))
            rows[e.Stream.Id] = projection.RowAfter(rows.GetValueOrDefault(e.Stream.Id), e);
        return rows.Values.OfType<object?[]>();
    }

    /// <summary>The rows of a log, stream by stream, by another way than the store's.</summary>
    public static IEnumerable<object?[]> Fold(this IInlineParts parts, IEnumerable<RecordedEvent> log)
    {
        var rows = new List<object?[]>();
        foreach (var e in log.Where(e => e.Stream.Type == parts.StreamType))
        {
            foreach (var change in parts.Of(e, rows.FindAll(row => Equals(row[1], e.Stream.Id))))
            {
                rows.RemoveAll(
                    row => Equals(row[1], e.Stream.Id)
                        && row.Zip(change.Cells).Take(parts.Table.KeyColumns).All(c => Equals(c.First, c.Second)));
                if (change.Stays) rows.Add(change.Cells);
            }
        }

        return rows;
    }

    /// <summary>The sums of a log, by another way than the store's.</summary>
    public static IEnumerable<object?[]> Fold(this IInlineTallies tallies, IEnumerable<RecordedEvent> log) =>
        log.Where(e => tallies.Follows(e.Stream.Type)).SelectMany(tallies.Of)
            .GroupBy(row => string.Join('|', row.Take(tallies.Table.KeyColumns)), StringComparer.Ordinal)
            .Select(
                rows => rows.First().Select((cell, i) => i < tallies.Table.KeyColumns ? cell : rows.Sum(row => (long)row[i]!)).ToArray());

    /// <summary>Checks that a tenant's rows of these read models are the fold of its log.</summary>
    public static async Task HasRows(this StoreUnderTest store, TenantId tenant, StoreSetup models)
    {
        var log = await store.Sound(tenant);
        foreach (var p in models.Projections) Same(p.Fold(log), await store.Rows(p.Table, tenant));
        foreach (var e in models.Entries)
            Same(log.Where(x => e.Follows(x.Stream.Type)).SelectMany(e.Of), await store.Rows(e.Table, tenant));
        foreach (var p in models.Parts) Same(p.Fold(log), await store.Rows(p.Table, tenant));
        foreach (var t in models.Tallies) Same(t.Fold(log), await store.Rows(t.Table, tenant));
    }

    /// <summary>
    /// Checks that a tenant's rows of these read models are not the fold of its log: a test that begins so proves something.
    /// </summary>
    public static async Task LacksRows(this StoreUnderTest store, TenantId tenant, StoreSetup models) =>
        Assert.NotNull(await Xunit.Record.ExceptionAsync(() => store.HasRows(tenant, models)));

    /// <summary>The read models that a tenant's last append kept.</summary>
    public static async Task<string> Covered(this StoreUnderTest store, TenantId tenant) =>
        Assert.Single(
            await store.Database.Query(
                "select models from tenants where tenant = @tenant", r => r.GetString(0), CancellationToken.None,
                ("tenant", tenant.Value)));

    /// <summary>How far the others are.</summary>
    public static async Task<IReadOnlyList<string>> Heads(this StoreUnderTest store, TenantId tenant) =>
        await store.Database.Query("select model, sequence from projection_heads where tenant = @tenant order by model",
            r => $"{r.GetString(0)}={r.GetInt64(1)}", CancellationToken.None, ("tenant", tenant.Value));

    private static void Same(IEnumerable<object?[]> expected, IEnumerable<object?[]> actual) =>
        Assert.Equal(Texts(expected).Distinct(), Texts(actual));

    private static IEnumerable<string> Texts(IEnumerable<object?[]> rows) =>
        rows.Select(row => string.Join('|', row.Select(cell => cell is byte[] bytes ? Convert.ToHexString(bytes) : cell)))
            .Order(StringComparer.Ordinal);
}
