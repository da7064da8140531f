using System.Data.Common;
using Tms.EventStore;

namespace Tms.ReadModels.Hosting;

/// <summary>Where a page ends: the last row's value in the order, and its tie-breaker.</summary>
/// <param name="Value">Value of the sort column; null when that row has none (such rows come last), and for the order of creation.</param>
/// <param name="Sequence">The company sequence at which the row was created: unique, never changes.</param>
public readonly record struct Keyset(long? Value, long Sequence);

/// <summary>What part of a list is asked for.</summary>
/// <param name="Limit">Rows at most, 1 to 100.</param>
/// <param name="After">The row to go on after; null starts at the beginning.</param>
/// <param name="Offset">Rows to leave out first: for page numbers, which v1 has.</param>
public readonly record struct PageRequest(int Limit, Keyset? After = null, int Offset = 0);

/// <summary>A page of a list.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="Next">Where the next page starts after; null when this is the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Keyset? Next);

/// <summary>The order of a list.</summary>
/// <param name="Column">A column of whole numbers; null: the order of creation.</param>
/// <param name="Descending">Largest, or newest, first. Rows without a value come last either way.</param>
/// <param name="IsUnique">Whether the column alone orders rows (numbers without gaps), so that its index serves the order.</param>
internal readonly record struct ListOrder(string? Column, bool Descending, bool IsUnique = false);

/// <summary>A keyset-paged list over one table; the tenant is always the first condition.</summary>
/// <remarks>A row that does not change while somebody pages appears exactly once: pages are cut by values, never by counting.</remarks>
internal sealed class ListQuery(string table, string columns, TenantId tenant)
{
    private readonly List<string> _where = ["tenant = @tenant"];
    private readonly List<(string Name, object? Value)> _parameters = [("tenant", tenant.Value)];

    /// <summary>Adds a condition when there is a value for it.</summary>
    public ListQuery Where<T>(string condition, string name, T? value)
        where T : struct => value is { } v ? And(condition, (name, v)) : this;

    public ListQuery And(string condition, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _where.Add(condition);
        _parameters.AddRange(parameters);
        return this;
    }

    public async Task<long> Count(IDatabase database, CancellationToken cancel) => await Count(database, new(null, ""), cancel);

    /// <summary>One page; one row more is read to know whether another follows.</summary>
    public async Task<Page<T>> Find<T>(
        IDatabase database, ListOrder order, PageRequest page, Func<DbDataReader, T> map, Func<T, Keyset> keyset, CancellationToken cancel)
    {
        var after = page.Offset == 0 ? page.After : await Last(database, order, page.Offset, cancel);
        if (page.Offset > 0 && after is null) return new Page<T>([], null);

        var rows = new List<T>(page.Limit + 1);
        foreach (var part in Parts(order, after).TakeWhile(_ => rows.Count <= page.Limit))
        {
            rows.AddRange(await Read(database, part, page.Limit + 1 - rows.Count, map, cancel));
        }

        var more = rows.Count > page.Limit;
        if (more)
        {
            rows.RemoveAt(page.Limit);
        }

        return new Page<T>(rows, more ? keyset(rows[^1]) : null);
    }

    /// <summary>
    /// The last of so many rows, null if there are fewer: found in the index alone, where a page with an offset would read every row before
    /// it.
    /// </summary>
    private async Task<Keyset?> Last(IDatabase database, ListOrder order, int rows, CancellationToken cancel)
    {
        foreach (var part in Parts(order, null))
        {
            var found = await database.Query(
                $"select created_seq, {order.Column ?? "null"} from {table} where {Conditions(part)} order by {part.Order} limit 1 "
                    + $"offset @before",
                r => new Keyset(r.IsDBNull(1) ? null : r.GetInt64(1), r.GetInt64(0)), cancel,
                [.. _parameters, .. part.Parameters, ("before", rows - 1)]);
            if (found is [var last]) return last;
            rows -= await Count(database, part, cancel);
        }

        return null;
    }

    private async Task<int> Count(IDatabase database, Part part, CancellationToken cancel) =>
        (await database.Query(
            $"select count(*) from {table} where {Conditions(part)}", r => r.GetInt32(0), cancel, [.. _parameters, .. part.Parameters]))[0];

    private string Conditions(Part part) => string.Join(" and ", part.Condition is null ? _where : _where.Append(part.Condition));

    private Task<List<T>> Read<T>(IDatabase database, Part part, int limit, Func<DbDataReader, T> map, CancellationToken cancel) =>
        database.Query(
        $"select {columns} from {table} where {Conditions(part)} order by {part.Order} limit @limit", map, cancel,
        [.. _parameters, .. part.Parameters, ("limit", limit)]);

    /// <summary>Rows with a value, then rows without: each part is a range of one index.</summary>
    private static IEnumerable<Part> Parts(ListOrder order, Keyset? after)
    {
        var (beyond, direction) = order.Descending ? ("<", "desc") : (">", "asc");
        var bySequence = $"created_seq {direction}";
        if (order.Column is not { } column)
        {
            yield return after is { } a
                ? new($"created_seq {beyond} @sequence", bySequence, ("sequence", a.Sequence))
                : new(null, bySequence);
            yield break;
        }

        var byValue = order.IsUnique ? $"{column} {direction}" : $"{column} {direction}, {bySequence}";
        if (after is null)
        {
            yield return new($"{column} is not null", byValue);
        }
        else if (after is { Value: { } value })
        {
            yield return order.IsUnique
                ? new($"{column} {beyond} @value", byValue, ("value", value))
                : new(
                    $"({column}, created_seq) {beyond} (@value, @sequence)", byValue, ("value", value), ("sequence", after.Value.Sequence));
        }

        yield return after is { Value: null } none
            ? new($"{column} is null and created_seq {beyond} @sequence", bySequence, ("sequence", none.Sequence))
            : new($"{column} is null", bySequence);
    }

    private sealed record Part(string? Condition, string Order, params (string, object?)[] Parameters);
}
