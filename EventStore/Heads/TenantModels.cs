using System.Globalization;

namespace Tms.EventStore.Heads;

/// <summary>How far each read model of a tenant has come, of whatever release.</summary>
/// <remarks>
/// Rows of a covered model are the fold of the tenant's whole log; those of one with a head, of the log up to there; all others have none.
/// Versions of one table share its rows: the newest owns them. An older one goes on from what it finds, a newer one folds the streams
/// anew that an older one touched, and whoever folds a table from the start leaves the other versions without a head.
/// </remarks>
internal sealed class TenantModels(HashSet<ModelName> covered, Dictionary<ModelName, long> heads)
{
    /// <param name="covered">Names, as <see cref="ModelName.Text"/> joins them.</param>
    /// <param name="heads">Names and sequences, <c>invoices@1=17 terms@2=5</c>; null: none.</param>
    public static TenantModels Parse(string covered, string? heads) => new(ModelName.Set(covered),
        (heads ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(h => h.Split('='))
            .ToDictionary(h => ModelName.Parse(h[0]), h => long.Parse(h[1], CultureInfo.InvariantCulture)));

    public IReadOnlyDictionary<ModelName, long> Heads => heads;

    public string Text => ModelName.Text(covered);

    public bool Covers(ModelName model) => covered.Contains(model);

    /// <summary>Other versions of a model's table that are covered.</summary>
    public IEnumerable<ModelName> Beside(ModelName model) => covered.Where(c => c.SharesTable(model));

    /// <summary>Takes a model's head away: its rows are no longer those of one sequence.</summary>
    /// <returns>The head; null if there was none.</returns>
    public long? Behead(ModelName model) => heads.Remove(model, out var head) ? head : null;

    /// <summary>Notes that a model's rows are not the fold of any part of the log.</summary>
    public void Uncover(ModelName model) => covered.Remove(model);

    /// <summary>
    /// Notes that a model's table begins to be folded anew, piece by piece: whoever goes on from the rows must know them.
    /// </summary>
    /// <remarks>An older version that is covered stays so: it goes on from what it finds.</remarks>
    /// <returns>Whether there was anything to note.</returns>
    public bool Renew(ModelName model)
    {
        var renewed = Behead(model) is not null;
        foreach (var other in heads.Keys.Where(m => m.SharesTable(model)).ToList()) renewed |= heads.Remove(other);
        return covered.RemoveWhere(m => m.SharesTable(model) && m.Version > model.Version) > 0 || renewed;
    }

    /// <summary>What a model that is not covered lacks.</summary>
    public Gap GapOf(TableModel table)
    {
        var model = table.Name;
        if (covered.Any(c => c.SharesTable(model) && c.Version > model.Version))
        {
            return new(GapKind.None, 0);
        }

        if (!heads.TryGetValue(model, out var head))
        {
            return new(GapKind.Whole, 0);
        }

        var shared = covered.Concat(heads.Keys).Any(m => m.SharesTable(model));
        return shared && table.IsTally ? new(GapKind.Whole, 0) : new(shared ? GapKind.Streams : GapKind.Rows, head);
    }

    /// <summary>Notes that a model's rows are the fold of the whole log.</summary>
    public void Cover(ModelName model, GapKind how)
    {
        covered.Add(model);
        heads.Remove(model);
        foreach (var other in how == GapKind.Whole
            ? [.. covered.Concat(heads.Keys).Where(m => m.SharesTable(model))]
            : Array.Empty<ModelName>())
        {
            covered.Remove(other);
            heads.Remove(other);
        }
    }

    /// <summary>What an append of a process with these models leaves: the others stay behind at the tenant's head before it.</summary>
    public ModelsMark After(IReadOnlyList<ModelName> own, long head) =>
        new(ModelName.Text(own.Where(Covers)), [.. covered.Except(own)], head);
}

/// <summary>What an append says of the tenant's read models.</summary>
/// <param name="Models">Those that it covers.</param>
/// <param name="Leaving">Those that were covered until then, and that this process does not know.</param>
/// <param name="Head">How far they are.</param>
internal sealed record ModelsMark(string Models, IReadOnlyList<ModelName> Leaving, long Head);

/// <summary>What a read model lacks.</summary>
/// <param name="Kind">How it is made up for.</param>
/// <param name="After">The sequence up to which its rows are right.</param>
internal readonly record struct Gap(GapKind Kind, long After);

/// <summary>How a gap is made up for.</summary>
internal enum GapKind
{
    /// <summary>A newer fold of the same table wrote the rows: nothing to do but to go on.</summary>
    None,

    /// <summary>The events of the gap go on from the rows that are there.</summary>
    Rows,

    /// <summary>An older fold wrote into the same table: the streams of the gap are folded anew.</summary>
    Streams,

    /// <summary>All rows are dropped and the whole log is folded.</summary>
    Whole,
}
