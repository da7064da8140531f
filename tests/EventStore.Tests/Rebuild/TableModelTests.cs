using Tms.EventStore.Heads;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Rebuild;

/// <summary>Tables that a process cannot keep right are refused when it starts.</summary>
public sealed class TableModelTests
{
    private static readonly Column Tenant = new("tenant", ColumnType.Uuid);
    private static readonly Column Id = new("id", ColumnType.Uuid);

    [Fact]
    public void Tables_of_every_kind_that_are_right_are_taken() => Assert.Equal(
        ["test_accounts", "test_points", "test_totals", "test_words"],
        TableModel.Of(new([new TotalsProjection()], [new WordEntries()], [new PointParts()], [new AccountTallies()]))
            .Select(t => t.Name.Table));

    [Fact]
    public void Parts_that_nothing_tells_apart_are_refused() => Refused(new("t", [Tenant, Id, new("value", ColumnType.Long)]));

    [Fact]
    public void Parts_whose_stream_is_not_where_it_is_looked_for_are_refused() =>
        Refused(new("t", [Tenant, new("part", ColumnType.Int), Id], 3, 2));

    [Fact]
    public void Parts_that_keep_a_column_are_refused() =>
        Refused(new("t", [Tenant, Id, new("part", ColumnType.Int), new("first", ColumnType.Long, Kept: true)], 3));

    [Fact]
    public void Parts_with_bytes_in_their_key_are_refused() => Refused(new("t", [Tenant, Id, new("hash", ColumnType.Bytes)], 3));

    [Fact]
    public void A_table_of_parts_that_something_else_keeps_too_is_refused() =>
        Assert.Contains(
            "nothing else",
            Assert.Throws<InvalidOperationException>(() => TableModel.Of(new([], [], [new PointParts(), new PointParts()], []))).Message,
            StringComparison.Ordinal);

    private static void Refused(ReadModelTable table) =>
        Assert.StartsWith(
            "t: ", Assert.Throws<InvalidOperationException>(() => TableModel.Of(new([], [], [new OnTable(table)], []))).Message,
            StringComparison.Ordinal);

    private sealed class OnTable(ReadModelTable table) : IInlineParts
    {
        public ReadModelTable Table => table;

        public bool ReadsRows => false;

        public string StreamType => PointParts.Stream;

        public IReadOnlyList<PartChange> Of(RecordedEvent recorded, IReadOnlyCollection<object?[]> rows) => [];
    }
}
