using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Rebuild;

/// <summary>What is written to make stored rows those of a fold.</summary>
public sealed class ReplacementTests
{
    private static readonly TenantId Tenant = Some.Tenant();
    private static readonly Guid Stream = Guid.CreateVersion7();

    [Fact]
    public void A_row_that_is_right_is_not_written() => Assert.Equal((0, 0), Counts(Of(new TotalsProjection(), [Row(5)], [Row(5)])));

    [Fact]
    public void A_row_that_is_wrong_goes_before_the_right_one_comes() =>
        Assert.Equal((1, 1), Counts(Of(new TotalsProjection(), [Row(4)], [Row(5)])));

    [Fact]
    public void A_row_that_the_fold_lacks_goes() => Assert.Equal((1, 0), Counts(Of(new TotalsProjection(), [Row(5)], [])));

    [Fact]
    public void A_row_that_ended_in_the_fold_goes()
    {
        var table = Table(new([new TotalsProjection()], [], [], []));
        var fold = new BatchPlan(table.Own);
        fold.Rows[0][(Tenant, Stream)] = null;
        Assert.Equal((1, 0), Counts(Replacement.Of(table, [Row(5)], fold)));
    }

    [Fact]
    public void A_term_that_comes_again_is_written_once() =>
        Assert.Equal((0, 1), Counts(Of(new WordEntries(), [], [Word("en"), Word("en")])));

    [Fact]
    public void A_term_that_is_there_is_not_written() =>
        Assert.Equal((1, 1), Counts(Of(new WordEntries(), [Word("en"), Word("to")], [Word("en"), Word("tre"), Word("en")])));

    [Fact]
    public void A_line_that_comes_again_is_left_for_the_database_to_refuse() =>
        Assert.Equal((0, 1), Counts(Of(new LineEntries(), [Line()], [Line(), Line()])));

    private static Replacement Of(IInlineProjection projection, object?[][] stored, object?[][] folded)
    {
        var table = Table(new([projection], [], [], []));
        var fold = new BatchPlan(table.Own);
        foreach (var row in folded) fold.Rows[0][(Tenant, (Guid)row[1]!)] = row;
        return Replacement.Of(table, stored, fold);
    }

    private static Replacement Of(IInlineEntries entries, object?[][] stored, object?[][] folded)
    {
        var table = Table(new([], [entries], [], []));
        var fold = new BatchPlan(table.Own);
        fold.Entries[0].AddRange(folded);
        return Replacement.Of(table, stored, fold);
    }

    private static TableModel Table(InlineModels models) => Assert.Single(TableModel.Of(models));

    private static (int Gone, int New) Counts(Replacement replacement) =>
        (replacement.Gone.Count, replacement.New.Rows.Sum(r => r.Count) + replacement.New.Entries.Sum(e => e.Count));

    private static object?[] Row(long total) =>
        [Tenant.Value, Stream, 1, total, "x", true, new DateOnly(2026, 1, 1), new byte[] { 1, 2 }, Stream, null];

    private static object?[] Word(string word) => [Tenant.Value, word, Stream, word.Length];

    private static object?[] Line() => [Tenant.Value, "a", 5L, Stream];
}
